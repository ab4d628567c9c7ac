/** The list of checks, by area. To add one: its file in the area's folder, and its line here. */
import type { Area, Rule } from '#rule';
import buttonHeight from './accessibility/button-height.ts';
import darkContrast from './accessibility/dark-contrast.ts';
import dataTables from './accessibility/data-tables.ts';
import documentLanguage from './accessibility/document-language.ts';
import documentTitle from './accessibility/document-title.ts';
import headingLook from './accessibility/heading-look.ts';
import headingOrder from './accessibility/heading-order.ts';
import headingText from './accessibility/heading-text.ts';
import imageAlt from './accessibility/image-alt.ts';
import imageAltBrevity from './accessibility/image-alt-brevity.ts';
import imageAltRepetition from './accessibility/image-alt-repetition.ts';
import imageAltWords from './accessibility/image-alt-words.ts';
import justifiedText from './accessibility/justified-text.ts';
import languageMatch from './accessibility/language-match.ts';
import layoutTables from './accessibility/layout-tables.ts';
import lineSpacing from './accessibility/line-spacing.ts';
import linkLook from './accessibility/link-look.ts';
import linkName from './accessibility/link-name.ts';
import linkRepetition from './accessibility/link-repetition.ts';
import linkWords from './accessibility/link-words.ts';
import listLook from './accessibility/list-look.ts';
import mainHeading from './accessibility/main-heading.ts';
import outlookShapes from './accessibility/outlook-shapes.ts';
import pageZoom from './accessibility/page-zoom.ts';
import scriptDirection from './accessibility/script-direction.ts';
import textContrast from './accessibility/text-contrast.ts';
import textDirection from './accessibility/text-direction.ts';
import textSize from './accessibility/text-size.ts';
import touchTargets from './accessibility/touch-targets.ts';
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
import contentSupport from './compatibility/content-support.ts';
import cssSupport from './compatibility/css-support.ts';
import hiddenTables from './compatibility/hidden-tables.ts';
import imageFormat from './compatibility/image-format.ts';
import messageClipping from './compatibility/message-clipping.ts';
import partialSupport from './compatibility/partial-support.ts';
import styleSize from './compatibility/style-size.ts';
import attachmentActions from './content/attachment-actions.ts';
import attachmentFileType from './content/attachment-file-type.ts';
import attachmentKind from './content/attachment-kind.ts';
import attachmentLock from './content/attachment-lock.ts';
import attachmentMacros from './content/attachment-macros.ts';
import attachmentName from './content/attachment-name.ts';
import attachmentOutlookType from './content/attachment-outlook-type.ts';
import attachmentReader from './content/attachment-reader.ts';
import attachmentSesType from './content/attachment-ses-type.ts';
import attachmentSize from './content/attachment-size.ts';
import calendarInvite from './content/calendar-invite.ts';
import emptyLink from './content/empty-link.ts';
import fillerText from './content/filler-text.ts';
import garbledText from './content/garbled-text.ts';
import imageAddress from './content/image-address.ts';
import imageAnimation from './content/image-animation.ts';
import imageContent from './content/image-content.ts';
import imageEncoding from './content/image-encoding.ts';
import imageEncryption from './content/image-encryption.ts';
import imageFile from './content/image-file.ts';
import imagePixels from './content/image-pixels.ts';
import imageProportions from './content/image-proportions.ts';
import imageSharpness from './content/image-sharpness.ts';
import imageSilence from './content/image-silence.ts';
import imageSource from './content/image-source.ts';
import imageTracking from './content/image-tracking.ts';
import imageWeight from './content/image-weight.ts';
import inlineImageUse from './content/inline-image-use.ts';
import linkApp from './content/link-app.ts';
import linkCertificate from './content/link-certificate.ts';
import linkDomain from './content/link-domain.ts';
import linkEncryption from './content/link-encryption.ts';
import linkLength from './content/link-length.ts';
import linkPage from './content/link-page.ts';
import linkPlaceholder from './content/link-placeholder.ts';
import linkRedirects from './content/link-redirects.ts';
import linkSignIn from './content/link-sign-in.ts';
import linkSilence from './content/link-silence.ts';
import linkTextDomain from './content/link-text-domain.ts';
import malware from './content/malware.ts';
import mergeFields from './content/merge-fields.ts';
import messageBody from './content/message-body.ts';
import pictureText from './content/picture-text.ts';
import postalAddress from './content/postal-address.ts';
import previewText from './content/preview-text.ts';
import requiredFields from './content/required-fields.ts';
import textCharset from './content/text-charset.ts';
import textDifference from './content/text-difference.ts';
import textGarbling from './content/text-garbling.ts';
import textPart from './content/text-part.ts';
import textUnsubscribe from './content/text-unsubscribe.ts';
import unreadCharset from './content/unread-charset.ts';
import unreadParts from './content/unread-parts.ts';
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
import alternativeOrder from './headers/alternative-order.ts';
import automaticMail from './headers/automatic-mail.ts';
import feedbackId from './headers/feedback-id.ts';
import garbledHeaders from './headers/garbled-headers.ts';
import headerEncoding from './headers/header-encoding.ts';
import headerLines from './headers/header-lines.ts';
import listUnsubscribe from './headers/list-unsubscribe.ts';
import mailClass from './headers/mail-class.ts';
import messageDate from './headers/message-date.ts';
import messageIdForm from './headers/message-id-form.ts';
import mimeStructure from './headers/mime-structure.ts';
import repeatedHeaders from './headers/repeated-headers.ts';
import senderHeader from './headers/sender-header.ts';
import subjectCapitals from './headers/subject-capitals.ts';
import subjectEmoji from './headers/subject-emoji.ts';
import subjectLength from './headers/subject-length.ts';
import subjectLine from './headers/subject-line.ts';
import visibleRecipients from './headers/visible-recipients.ts';
import activeContent from './markup/active-content.ts';
import attributeQuotes from './markup/attribute-quotes.ts';
import attributeValues from './markup/attribute-values.ts';
import baseAddress from './markup/base-address.ts';
import buttonElements from './markup/button-elements.ts';
import characterReferences from './markup/character-references.ts';
import conditionalComments from './markup/conditional-comments.ts';
import conditionalContent from './markup/conditional-content.ts';
import declaredEncoding from './markup/declared-encoding.ts';
import documentParts from './markup/document-parts.ts';
import documentType from './markup/document-type.ts';
import duplicateAttributes from './markup/duplicate-attributes.ts';
import duplicateIds from './markup/duplicate-ids.ts';
import elementNesting from './markup/element-nesting.ts';
import endTags from './markup/end-tags.ts';
import eventAttributes from './markup/event-attributes.ts';
import fontFallback from './markup/font-fallback.ts';
import idleAttributes from './markup/idle-attributes.ts';
import layoutWidth from './markup/layout-width.ts';
import lineLength from './markup/line-length.ts';
import mjmlAttributes from './markup/mjml-attributes.ts';
import mjmlContent from './markup/mjml-content.ts';
import mjmlNesting from './markup/mjml-nesting.ts';
import pageRedirect from './markup/page-redirect.ts';
import remoteStyles from './markup/remote-styles.ts';
import tableContent from './markup/table-content.ts';
import unendedPart from './markup/unended-part.ts';
import unknownElements from './markup/unknown-elements.ts';
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
import linkLookAlike from './reputation/link-look-alike.ts';
import linkPort from './reputation/link-port.ts';
import linkShortener from './reputation/link-shortener.ts';
import linkTrackingDomain from './reputation/link-tracking-domain.ts';
import linkUserInfo from './reputation/link-user-info.ts';
import listingSigns from './reputation/listing-signs.ts';
import fromDomain from './sender/from-domain.ts';
import fromExchanger from './sender/from-exchanger.ts';
import fromLabel from './sender/from-label.ts';
import fromName from './sender/from-name.ts';
import fromNameSigns from './sender/from-name-signs.ts';
import replyAddress from './sender/reply-address.ts';
import replyToDomain from './sender/reply-to-domain.ts';
import accountThreats from './spam/account-threats.ts';
import adultContent from './spam/adult-content.ts';
import advanceFee from './spam/advance-fee.ts';
import alarm from './spam/alarm.ts';
import blackmail from './spam/blackmail.ts';
import bodyCapitals from './spam/body-capitals.ts';
import borrowedLink from './spam/borrowed-link.ts';
import borrowedName from './spam/borrowed-name.ts';
import bulkMailTools from './spam/bulk-mail-tools.ts';
import chargeAlarm from './spam/charge-alarm.ts';
import cheapEnding from './spam/cheap-ending.ts';
import coldOffer from './spam/cold-offer.ts';
import detailsRequest from './spam/details-request.ts';
import disguisedWords from './spam/disguised-words.ts';
import documentLure from './spam/document-lure.ts';
import easyMoney from './spam/easy-money.ts';
import exclamationMarks from './spam/exclamation-marks.ts';
import favourRequest from './spam/favour-request.ts';
import foreignLinks from './spam/foreign-links.ts';
import freePage from './spam/free-page.ts';
import fromMailbox from './spam/from-mailbox.ts';
import gamblingOffers from './spam/gambling-offers.ts';
import hiddenText from './spam/hidden-text.ts';
import hugeLetters from './spam/huge-letters.ts';
import kinPlea from './spam/kin-plea.ts';
import linkDisguise from './spam/link-disguise.ts';
import loanOffers from './spam/loan-offers.ts';
import lureDomain from './spam/lure-domain.ts';
import mailForm from './spam/mail-form.ts';
import medicineShop from './spam/medicine-shop.ts';
import miracleCures from './spam/miracle-cures.ts';
import moneyLure from './spam/money-lure.ts';
import newAccount from './spam/new-account.ts';
import phraseDensity from './spam/phrase-density.ts';
import quickProfit from './spam/quick-profit.ts';
import replyMailbox from './spam/reply-mailbox.ts';
import roleMailbox from './spam/role-mailbox.ts';
import rspamd from './spam/rspamd.ts';
import salesHype from './spam/sales-hype.ts';
import salutation from './spam/salutation.ts';
import senderExcuses from './spam/sender-excuses.ts';
import senderLookAlike from './spam/sender-look-alike.ts';
import shadyGoods from './spam/shady-goods.ts';
import spamassassin from './spam/spamassassin.ts';
import subjectGap from './spam/subject-gap.ts';
import subjectLure from './spam/subject-lure.ts';
import subjectWords from './spam/subject-words.ts';
import textEncoding from './spam/text-encoding.ts';
import walletAddress from './spam/wallet-address.ts';

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
    linkTrackingDomain,
    linkAddress,
    linkLookAlike,
    linkUserInfo,
    linkPort,
  ],
  sender: [fromDomain, fromExchanger, fromName, replyToDomain, fromLabel, fromNameSigns, replyAddress],
  headers: [
    listUnsubscribe,
    subjectLine,
    subjectCapitals,
    repeatedHeaders,
    messageIdForm,
    messageDate,
    garbledHeaders,
    subjectLength,
    subjectEmoji,
    headerLines,
    headerEncoding,
    mimeStructure,
    alternativeOrder,
    visibleRecipients,
    mailClass,
    senderHeader,
    feedbackId,
    automaticMail,
  ],
  content: [
    messageBody,
    emptyLink,
    linkPlaceholder,
    linkPage,
    linkDomain,
    linkApp,
    linkCertificate,
    linkSilence,
    linkSignIn,
    linkEncryption,
    linkLength,
    linkRedirects,
    imageSource,
    imageFile,
    imageContent,
    imageSilence,
    imageWeight,
    imageSharpness,
    imageProportions,
    imageEncoding,
    imageEncryption,
    imageAddress,
    imagePixels,
    imageAnimation,
    imageTracking,
    unreadParts,
    unreadCharset,
    unsubscribeLink,
    malware,
    mergeFields,
    requiredFields,
    fillerText,
    garbledText,
    linkTextDomain,
    pictureText,
    previewText,
    textPart,
    textCharset,
    textDifference,
    textUnsubscribe,
    textGarbling,
    postalAddress,
    attachmentFileType,
    attachmentSesType,
    attachmentActions,
    attachmentName,
    attachmentOutlookType,
    attachmentSize,
    attachmentLock,
    attachmentMacros,
    attachmentKind,
    attachmentReader,
    calendarInvite,
    inlineImageUse,
  ],
  spam: [
    advanceFee,
    accountThreats,
    blackmail,
    borrowedName,
    lureDomain,
    coldOffer,
    alarm,
    senderLookAlike,
    borrowedLink,
    foreignLinks,
    documentLure,
    moneyLure,
    chargeAlarm,
    favourRequest,
    kinPlea,
    newAccount,
    detailsRequest,
    walletAddress,
    roleMailbox,
    easyMoney,
    loanOffers,
    miracleCures,
    medicineShop,
    adultContent,
    gamblingOffers,
    quickProfit,
    bulkMailTools,
    shadyGoods,
    senderExcuses,
    salesHype,
    salutation,
    subjectWords,
    phraseDensity,
    subjectGap,
    subjectLure,
    exclamationMarks,
    bodyCapitals,
    hugeLetters,
    disguisedWords,
    hiddenText,
    linkDisguise,
    freePage,
    cheapEnding,
    fromMailbox,
    replyMailbox,
    mailForm,
    textEncoding,
    spamassassin,
    rspamd,
  ],
  markup: [
    unendedPart,
    attributeQuotes,
    mjmlContent,
    conditionalContent,
    activeContent,
    buttonElements,
    elementNesting,
    endTags,
    tableContent,
    documentParts,
    conditionalComments,
    mjmlNesting,
    mjmlAttributes,
    unknownElements,
    duplicateAttributes,
    duplicateIds,
    attributeValues,
    characterReferences,
    remoteStyles,
    fontFallback,
    baseAddress,
    pageRedirect,
    declaredEncoding,
    lineLength,
    documentType,
    layoutWidth,
    eventAttributes,
    idleAttributes,
  ],
  compatibility: [
    messageClipping,
    styleSize,
    imageFormat,
    contentSupport,
    hiddenTables,
    cssSupport,
    partialSupport,
  ],
  accessibility: [
    imageAlt,
    textContrast,
    darkContrast,
    imageAltWords,
    linkName,
    textSize,
    touchTargets,
    languageMatch,
    scriptDirection,
    layoutTables,
    documentLanguage,
    textDirection,
    documentTitle,
    mainHeading,
    headingOrder,
    headingText,
    headingLook,
    linkWords,
    linkRepetition,
    linkLook,
    imageAltRepetition,
    imageAltBrevity,
    dataTables,
    buttonHeight,
    lineSpacing,
    justifiedText,
    listLook,
    outlookShapes,
    pageZoom,
  ],
  rendering: [blankPage, pageWidth],
};
