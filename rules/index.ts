/** The list of checks, by area. To add one: its file in the area's folder, and its line here. */
import type { Area, Rule } from '#rule';
import documentLanguage from './accessibility/document-language.ts';
import imageAlt from './accessibility/image-alt.ts';
import dkimKey from './authentication/dkim-key.ts';
import dkimKeyLength from './authentication/dkim-key-length.ts';
import dkimKeyNeighbours from './authentication/dkim-key-neighbours.ts';
import dkimKeyStrength from './authentication/dkim-key-strength.ts';
import dkimLengthLimit from './authentication/dkim-length-limit.ts';
import dkimSignature from './authentication/dkim-signature.ts';
import dkimTesting from './authentication/dkim-testing.ts';
import dmarcAlignment from './authentication/dmarc-alignment.ts';
import dmarcPlace from './authentication/dmarc-place.ts';
import dmarcPolicy from './authentication/dmarc-policy.ts';
import dmarcReports from './authentication/dmarc-reports.ts';
import dmarcTags from './authentication/dmarc-tags.ts';
import mailFromSpf from './authentication/mail-from-spf.ts';
import spfInclude from './authentication/spf-include.ts';
import spfLookupLimit from './authentication/spf-lookup-limit.ts';
import spfScope from './authentication/spf-scope.ts';
import spfSender from './authentication/spf-sender.ts';
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
import mailFromExchanger from './domain/mail-from-exchanger.ts';
import mailFromMx from './domain/mail-from-mx.ts';
import mailFromSubdomain from './domain/mail-from-subdomain.ts';
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
import linkAddress from './reputation/link-address.ts';
import linkShortener from './reputation/link-shortener.ts';
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
    dkimKey,
    dkimKeyStrength,
    dkimKeyLength,
    dkimKeyNeighbours,
    dkimTesting,
    dkimSignature,
    dkimLengthLimit,
    dmarcPolicy,
    dmarcPlace,
    dmarcTags,
    dmarcReports,
    dmarcAlignment,
  ],
  domain: [mailFromSubdomain, mailFromMx, mailFromExchanger],
  reputation: [linkShortener, linkAddress],
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
