/** The list of checks, by area. To add one: its file in the area's folder, and its line here. */
import type { Area, Rule } from '#rule';
import documentLanguage from './accessibility/document-language.ts';
import imageAlt from './accessibility/image-alt.ts';
import bimiCertificate from './authentication/bimi-certificate.ts';
import bimiLogo from './authentication/bimi-logo.ts';
import bimiPolicy from './authentication/bimi-policy.ts';
import bimiRecord from './authentication/bimi-record.ts';
import dkimFromDomain from './authentication/dkim-from-domain.ts';
import dkimKey from './authentication/dkim-key.ts';
import dkimKeyFormat from './authentication/dkim-key-format.ts';
import dkimKeyLength from './authentication/dkim-key-length.ts';
import dkimKeyLimit from './authentication/dkim-key-limit.ts';
import dkimKeyNeighbours from './authentication/dkim-key-neighbours.ts';
import dkimKeyStrength from './authentication/dkim-key-strength.ts';
import dkimKeyType from './authentication/dkim-key-type.ts';
import dkimLengthLimit from './authentication/dkim-length-limit.ts';
import dkimSignature from './authentication/dkim-signature.ts';
import dkimSignatureLife from './authentication/dkim-signature-life.ts';
import dkimTesting from './authentication/dkim-testing.ts';
import dmarcAggregateReports from './authentication/dmarc-aggregate-reports.ts';
import dmarcAlignment from './authentication/dmarc-alignment.ts';
import dmarcOlderAlignment from './authentication/dmarc-older-alignment.ts';
import dmarcOlderReceivers from './authentication/dmarc-older-receivers.ts';
import dmarcPlace from './authentication/dmarc-place.ts';
import dmarcPolicy from './authentication/dmarc-policy.ts';
import dmarcRedundancy from './authentication/dmarc-redundancy.ts';
import dmarcReportAddress from './authentication/dmarc-report-address.ts';
import dmarcReportAuthorisation from './authentication/dmarc-report-authorisation.ts';
import dmarcReports from './authentication/dmarc-reports.ts';
import dmarcRetiredTags from './authentication/dmarc-retired-tags.ts';
import dmarcStrength from './authentication/dmarc-strength.ts';
import dmarcSubdomains from './authentication/dmarc-subdomains.ts';
import dmarcTags from './authentication/dmarc-tags.ts';
import dmarcTesting from './authentication/dmarc-testing.ts';
import mailFromSpf from './authentication/mail-from-spf.ts';
import spfDeadEnd from './authentication/spf-dead-end.ts';
import spfDuplicate from './authentication/spf-duplicate.ts';
import spfEnding from './authentication/spf-ending.ts';
import spfFromDomain from './authentication/spf-from-domain.ts';
import spfInclude from './authentication/spf-include.ts';
import spfLookupLimit from './authentication/spf-lookup-limit.ts';
import spfMacro from './authentication/spf-macro.ts';
import spfMailHost from './authentication/spf-mail-host.ts';
import spfNetwork from './authentication/spf-network.ts';
import spfOrder from './authentication/spf-order.ts';
import spfPointer from './authentication/spf-pointer.ts';
import spfPrivateAddress from './authentication/spf-private-address.ts';
import spfScope from './authentication/spf-scope.ts';
import spfSender from './authentication/spf-sender.ts';
import spfSendingAddress from './authentication/spf-sending-address.ts';
import spfSize from './authentication/spf-size.ts';
import cssSupport from './compatibility/css-support.ts';
import hiddenTables from './compatibility/hidden-tables.ts';
import imageFormat from './compatibility/image-format.ts';
import messageClipping from './compatibility/message-clipping.ts';
import styleSize from './compatibility/style-size.ts';
import emptyLink from './content/empty-link.ts';
import imageSource from './content/image-source.ts';
import linkTextDomain from './content/link-text-domain.ts';
import malware from './content/malware.ts';
import mergeFields from './content/merge-fields.ts';
import messageBody from './content/message-body.ts';
import pictureText from './content/picture-text.ts';
import textPart from './content/text-part.ts';
import unsubscribeLink from './content/unsubscribe-link.ts';
import daneMatch from './domain/dane-match.ts';
import daneRecords from './domain/dane-records.ts';
import daneSignature from './domain/dane-signature.ts';
import daneUsage from './domain/dane-usage.ts';
import danglingAlias from './domain/dangling-alias.ts';
import danglingDomain from './domain/dangling-domain.ts';
import danglingInclude from './domain/dangling-include.ts';
import dnssec from './domain/dnssec.ts';
import dnssecAlgorithm from './domain/dnssec-algorithm.ts';
import dnssecValidity from './domain/dnssec-validity.ts';
import doubledName from './domain/doubled-name.ts';
import mailFromExchanger from './domain/mail-from-exchanger.ts';
import mailFromMx from './domain/mail-from-mx.ts';
import mailFromRegion from './domain/mail-from-region.ts';
import mailFromReturns from './domain/mail-from-returns.ts';
import mailFromRoutes from './domain/mail-from-routes.ts';
import mailFromSenders from './domain/mail-from-senders.ts';
import mailFromSubdomain from './domain/mail-from-subdomain.ts';
import mtaSts from './domain/mta-sts.ts';
import mtaStsEncryption from './domain/mta-sts-encryption.ts';
import mtaStsLifetime from './domain/mta-sts-lifetime.ts';
import mtaStsMode from './domain/mta-sts-mode.ts';
import mtaStsPolicy from './domain/mta-sts-policy.ts';
import mtaStsRecord from './domain/mta-sts-record.ts';
import mtaStsServers from './domain/mta-sts-servers.ts';
import mxAddress from './domain/mx-address.ts';
import mxAlias from './domain/mx-alias.ts';
import mxCertificate from './domain/mx-certificate.ts';
import mxCertificateExpiry from './domain/mx-certificate-expiry.ts';
import mxName from './domain/mx-name.ts';
import mxRepetition from './domain/mx-repetition.ts';
import mxStarttls from './domain/mx-starttls.ts';
import mxTlsVersion from './domain/mx-tls-version.ts';
import nameServers from './domain/name-servers.ts';
import nullMx from './domain/null-mx.ts';
import sesFallback from './domain/ses-fallback.ts';
import sesIdentity from './domain/ses-identity.ts';
import sesMailFrom from './domain/ses-mail-from.ts';
import sesSignature from './domain/ses-signature.ts';
import tlsReports from './domain/tls-reports.ts';
import tlsReportsRecord from './domain/tls-reports-record.ts';
import listUnsubscribe from './headers/list-unsubscribe.ts';
import repeatedHeaders from './headers/repeated-headers.ts';
import subjectCapitals from './headers/subject-capitals.ts';
import subjectLine from './headers/subject-line.ts';
import activeContent from './markup/active-content.ts';
import attributeValues from './markup/attribute-values.ts';
import characterReferences from './markup/character-references.ts';
import duplicateAttributes from './markup/duplicate-attributes.ts';
import elementNesting from './markup/element-nesting.ts';
import idleAttributes from './markup/idle-attributes.ts';
import blankPage from './rendering/blank-page.ts';
import pageWidth from './rendering/page-width.ts';
import addressListing from './reputation/address-listing.ts';
import addressName from './reputation/address-name.ts';
import addressReverse from './reputation/address-reverse.ts';
import addressScope from './reputation/address-scope.ts';
import blocklistAnswers from './reputation/blocklist-answers.ts';
import domainAge from './reputation/domain-age.ts';
import domainExpiry from './reputation/domain-expiry.ts';
import domainListing from './reputation/domain-listing.ts';
import linkAddress from './reputation/link-address.ts';
import linkShortener from './reputation/link-shortener.ts';
import listingSigns from './reputation/listing-signs.ts';
import fromDomain from './sender/from-domain.ts';
import fromExchanger from './sender/from-exchanger.ts';
import fromName from './sender/from-name.ts';
import replyToDomain from './sender/reply-to-domain.ts';

export const rules: Record<Area, readonly Rule[]> = {
  authentication: [
    mailFromSpf,
    spfSender,
    spfScope,
    spfInclude,
    spfLookupLimit,
    spfEnding,
    spfPointer,
    spfMacro,
    spfSize,
    spfOrder,
    spfDuplicate,
    spfNetwork,
    spfPrivateAddress,
    spfDeadEnd,
    spfSendingAddress,
    spfFromDomain,
    spfMailHost,
    dkimKey,
    dkimKeyStrength,
    dkimKeyLength,
    dkimKeyNeighbours,
    dkimKeyLimit,
    dkimKeyType,
    dkimKeyFormat,
    dkimTesting,
    dkimSignature,
    dkimFromDomain,
    dkimLengthLimit,
    dkimSignatureLife,
    dmarcPolicy,
    dmarcPlace,
    dmarcTags,
    dmarcReports,
    dmarcAlignment,
    dmarcRedundancy,
    dmarcReportAuthorisation,
    dmarcReportAddress,
    dmarcAggregateReports,
    dmarcStrength,
    dmarcSubdomains,
    dmarcTesting,
    dmarcRetiredTags,
    dmarcOlderReceivers,
    dmarcOlderAlignment,
    bimiRecord,
    bimiPolicy,
    bimiLogo,
    bimiCertificate,
  ],
  domain: [
    mailFromSubdomain,
    mailFromMx,
    mailFromExchanger,
    mailFromRegion,
    mailFromReturns,
    mailFromRoutes,
    mailFromSenders,
    sesIdentity,
    sesMailFrom,
    sesFallback,
    sesSignature,
    nameServers,
    doubledName,
    dnssec,
    dnssecValidity,
    dnssecAlgorithm,
    danglingInclude,
    danglingDomain,
    danglingAlias,
    mxName,
    mxAlias,
    mxAddress,
    nullMx,
    mxRepetition,
    mxStarttls,
    mxTlsVersion,
    mxCertificate,
    mxCertificateExpiry,
    mtaSts,
    mtaStsRecord,
    mtaStsPolicy,
    mtaStsServers,
    mtaStsEncryption,
    mtaStsMode,
    mtaStsLifetime,
    tlsReports,
    tlsReportsRecord,
    daneMatch,
    daneUsage,
    daneSignature,
    daneRecords,
  ],
  reputation: [
    addressScope,
    addressReverse,
    addressListing,
    domainListing,
    listingSigns,
    blocklistAnswers,
    addressName,
    domainAge,
    domainExpiry,
    linkShortener,
    linkAddress,
  ],
  sender: [fromDomain, fromExchanger, fromName, replyToDomain],
  headers: [listUnsubscribe, subjectLine, subjectCapitals, repeatedHeaders],
  content: [
    messageBody,
    emptyLink,
    imageSource,
    unsubscribeLink,
    malware,
    mergeFields,
    linkTextDomain,
    pictureText,
    textPart,
  ],
  markup: [
    activeContent,
    elementNesting,
    duplicateAttributes,
    attributeValues,
    characterReferences,
    idleAttributes,
  ],
  compatibility: [messageClipping, styleSize, imageFormat, hiddenTables, cssSupport],
  accessibility: [imageAlt, documentLanguage],
  rendering: [blankPage, pageWidth],
};
