/**
 * What spam says of itself. After SpamAssassin 4.0 (20_body_tests.cf, EXCUSE_*; Apache-2.0), in phrases of our
 * own. Nothing here is about leaving a list.
 */
import { phrases } from '../phrases.ts';

export const excuses = phrases({
  law: [
    's\\. ?1618',
    's ?1618',
    'bill s\\.',
    'senate bill',
    'title iii',
    'section 301',
    '105th (?:u\\.?s\\.? )?congress',
    'proposed u\\.?s',
    'cannot be considered (?:as )?(?:spam|unsolicited)',
    'not (?:be )?considered (?:as )?(?:spam|unsolicited)',
    'complies with (?:all|the|federal|state|proposed|current)',
    'in (?:full )?compliance with (?:the |all |proposed |state |federal |current )?(?:proposed |e-?mail |u\\.?s\\.? |federal |anti|spam|national|commercial|directive|strict|guidelines|law)~',
    'can-?spam act',
  ],
  denial: [
    'this is not (?:spam|unsolicited|junk)',
    'this (?:e-?mail|message|mail|letter) is not (?:spam|unsolicited|junk|sent unsolicited)',
    'this is (?:a )?one[- ]time',
    'one[- ]time (?:mailing|message|e-?mail|offer|only)',
    'if (?:this|we)(?: message| e-?mail)? (?:has |have )?(?:reached|intrud|bother|offend)~',
    'sorry (?:for|if) (?:any|the|this|we|you) (?:intrusion|inconvenience)?',
    'pardon (?:my|the|our|me for) intru~',
    'apologi[sz]e (?:for|if) (?:any|the|this|my|our) ?(?:intrusion|inconvenience|unsolicited|message)~',
    'detta är inte (?:skräppost|spam|oönskad)~',
    'engångsutskick~',
  ],
  source: [
    'marketing partners?',
    'one of our (?:marketing |many )?(?:partner|affiliate|site|network)~',
    'affiliated? (?:partner|site|web|network)~',
    'opt(?:ed)?[- ]?in (?:e-?mail )?(?:list|network|database|member|partner|affiliate|mailing)~',
    'opted[- ]in (?:to|with|at|through|via)',
    'you (?:either )?(?:opted|requested|indicated|expressed|registered|signed up|subscribed) .{0,60}(?:partner|affiliate|third|network|interest)~',
    'obtained your (?:name|address|e-?mail)~',
    'your (?:e-?mail )?(?:address|name) was (?:obtained|found|given|provided|referred|purchased|selected)',
    'we (?:found|got|obtained|located|visited) your (?:e-?mail|web ?site|address|site|name)',
    'third[- ]party (?:e-?mail|list|offer|advertis)~',
    'köpt (?:lista|adress)~',
    'fått din (?:e-?post)?adress (?:från|via)',
  ],
});
