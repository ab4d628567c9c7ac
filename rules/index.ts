/** The list of checks, by area. To add one: its file in the area's folder, and its line here. */
import type { Area, Rule } from '#rule';
import imageAlt from './accessibility/image-alt.ts';
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
import messageClipping from './compatibility/message-clipping.ts';
import emptyLink from './content/empty-link.ts';
import messageBody from './content/message-body.ts';
import mailFromExchanger from './domain/mail-from-exchanger.ts';
import mailFromMx from './domain/mail-from-mx.ts';
import mailFromSubdomain from './domain/mail-from-subdomain.ts';
import blankPage from './rendering/blank-page.ts';
import pageWidth from './rendering/page-width.ts';
import fromDomain from './sender/from-domain.ts';
import fromExchanger from './sender/from-exchanger.ts';
import replyToDomain from './sender/reply-to-domain.ts';

export const rules: Record<Area, readonly Rule[]> = {
  authentication: [
    mailFromSpf,
    spfSender,
    spfScope,
    spfInclude,
    spfLookupLimit,
    dmarcPolicy,
    dmarcPlace,
    dmarcTags,
    dmarcReports,
    dmarcAlignment,
  ],
  domain: [mailFromSubdomain, mailFromMx, mailFromExchanger],
  reputation: [],
  sender: [fromDomain, fromExchanger, replyToDomain],
  headers: [],
  content: [messageBody, emptyLink],
  markup: [],
  compatibility: [messageClipping],
  accessibility: [imageAlt],
  rendering: [blankPage, pageWidth],
};
