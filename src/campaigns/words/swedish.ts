import type { ClearanceErrorCode } from '../../clearance/clearance.ts';
import { clearanceWords } from '../../clearance/words.ts';
import type { AlertWords, Data, PauseWords } from '../words.ts';

const number = (value: string | number | undefined) =>
  new Intl.NumberFormat('sv-SE').format(Number(value ?? 0));
/** By name, where one is known. */
const server = ({ provider, route }: Data) => String(provider ?? route ?? 'utskicksservern');
const of = (value: string | number | undefined, other: string) =>
  value === undefined || value === '' ? other : String(value);
const rate = ({ percent }: Data, limit: string) =>
  percent === undefined ? limit : `${number(percent)} %, och gränsen är ${limit}`;

const wrong: Record<string, string> = {
  domain: 'Amazon SES har inte verifierat domänen.',
  dkim: 'Amazon SES har inte verifierat DKIM-nycklarna.',
  'mail-from': 'Amazon SES använder inte underdomänen för utskick, eller har inte verifierat den.',
};

/** An owner has accepted it; whoever reads of the switch is to know. */
const unseen = ({ bounces, reserve }: Data) =>
  bounces === 'unseen'
    ? ` Studsar genom ${of(reserve, 'reservservern')} kommer inte hit, vilket en ägare har godtagit: andelen studsar är okänd.`
    : '';

/** Vems mejl en andel gäller. Om ett konto sägs inget mer: andra skickar också genom det. */
const whose = (data: Data) => {
  const by = data.by === undefined ? '' : ` genom ${data.by}`;
  if (data.what === 'campaign') return `Av mejlen i det här utskicket${by}`;
  if (data.what === 'sender')
    return `Av alla mejl från ${of(data.domain, 'avsändaren')}${by} det senaste dygnet`;
  if (data.what === 'organisation')
    return `Av allt som din organisation har mejlat genom ${server(data)} det senaste dygnet`;
  if (data.what === 'account')
    return `Av alla mejl genom ${server(data)} det senaste dygnet, vem som än skickat dem,`;
  return undefined;
};
const bounced = (data: Data) => {
  const of = whose(data);
  const share = data.percent === undefined ? 'för många' : `${number(data.percent)} %`;
  return of
    ? `${of} studsade ${share} permanent, eller avvisades för adressens skull.`
    : `För många av mejlen studsade permanent${data.percent === undefined ? '' : `: ${share}`}.`;
};
const reported = (data: Data) => {
  const of = whose(data);
  return of
    ? `${of} anmäldes ${data.percent === undefined ? 'för många' : `${number(data.percent)} %`} som skräppost. Gränsen är 0,3 %.`
    : `För många läsare har anmält mejlet som skräppost: ${rate(data, '0,3 %')}.`;
};
const until = (data: Data) =>
  data.what === 'sender' || data.what === 'account'
    ? ' När andelen har sjunkit kan du fortsätta: senast ett dygn efter det sista av de mejlen.'
    : '';

/** Andelen som är över en gräns: vems mejl den gäller, och gränsen. */
export const overSwedish = (reason: string, data: Data) =>
  reason === 'complaint-rate' ? reported(data) : `${bounced(data)} Gränsen är 5 %.`;

export const pausesSwedish: PauseWords = {
  person: ({ by }) => ({
    title: 'Utskicket är pausat',
    text: `Inget mer går iväg förrän någon fortsätter utskicket. Det pausades av ${of(by, 'någon hos er')}. De som redan har fått mejlet får det inte igen.`,
  }),
  'to-confirm': () => ({
    title: 'Utskicket väntar på dig',
    text: 'Inget har gått iväg än. Listan är inläst. Se hur många som får mejlet och vilka rader som utelämnades, och tryck sedan på Skicka. Eller avbryt.',
  }),
  nobody: () => ({
    title: 'Utskicket har ingen att skicka till',
    text: 'Inget har gått iväg. Alla rader i listan utelämnades. Se varför under Mottagare, avbryt utskicket, rätta listan och gör ett nytt.',
  }),
  'dns-changed': ({ rules }) => ({
    title: 'Utskicket är pausat: DNS har ändrats',
    text: `Inget mer går iväg. Domänens poster är inte som när mejlet granskades${rules ? `. De här kontrollerna håller inte längre: ${rules}` : ''}. Granska mejlet igen, så visar rapporten vilken post du ska rätta. Fortsätt sedan utskicket.`,
  }),
  'dns-unanswered': ({ domain, rules }) => ({
    title: 'Utskicket är pausat: DNS svarar inte',
    text: `Inget mer går iväg. Vi frågade flera gånger${domain ? ` om ${domain}` : ''} utan att få ett tydligt svar${rules ? ` (kontroller: ${rules})` : ''}, så ingen kan säga om mejlet skulle godkännas. Fortsätt utskicket om en stund. Pausas det igen, fråga den som sköter din DNS.`,
  }),
  'sender-lapsed': ({ domain }) => ({
    title: 'Utskicket är pausat: avsändaren är inte längre bekräftad',
    text: `Inget mer går iväg. TXT-posten som visar att ${of(domain, 'domänen')} är din går inte att hitta. Publicera den igen så som den står under Avsändare, tryck på Kontrollera nu och fortsätt sedan utskicket.`,
  }),
  'malware-found': ({ signature }) => ({
    title: 'Utskicket är pausat: skadlig kod hittades',
    text: `Inget mer går iväg. Virusskyddet hittade ${of(signature, 'skadlig kod')} i mejlet. Avbryt utskicket, ta bort filen, sök igenom datorn som den kommer från och granska mejlet igen.`,
  }),
  'malware-unanswered': () => ({
    title: 'Utskicket är pausat: virusskyddet svarar inte',
    text: 'Inget mer går iväg, eftersom ingen har sökt igenom mejlet. Fortsätt utskicket om en stund. Pausas det igen, be den som driver tjänsten se till virusskyddet.',
  }),
  'clearance-expired': () => ({
    title: 'Utskicket är pausat: klarsignalen har gått ut',
    text: 'Inget mer går iväg. En klarsignal gäller i ett dygn, och det här utskicket tar längre tid. Granska samma mejl igen, hämta en ny klarsignal och fortsätt utskicket med den.',
  }),
  'clearance-revoked': () => ({
    title: 'Utskicket är pausat: klarsignalen har återkallats',
    text: 'Inget mer går iväg. Någon hos er har återkallat klarsignalen, eller ett undantag som den vilar på. Ta reda på varför. Granska sedan mejlet igen och fortsätt med en ny klarsignal, eller avbryt.',
  }),
  'identity-not-verified': (data) => ({
    title: 'Utskicket är pausat: utskicksservern godtar inte avsändaren',
    text: `Inget mer går iväg. ${wrong[String(data.wrong)] ?? `Domänen eller underdomänen för utskick godtas inte av ${server(data)}.`} Jämför posterna under Avsändare med dem i DNS, vänta tills de visas som verifierade hos ${server(data)} och fortsätt sedan utskicket.`,
  }),
  'provider-suspended': (data) => ({
    title: 'Utskicket är pausat: kontot är stoppat',
    text: `Inget mer går iväg, inte heller genom reservservern. Kontot hos ${server(data)} är pausat eller avstängt. Logga in där, läs varför, rätta till det och fortsätt när kontot är öppet. Att gå runt ett stopp skulle skada din domän länge.`,
  }),
  'policy-refused': (data) => ({
    title: 'Utskicket är pausat: mottagare avvisar mejlet',
    text: `Inget mer går iväg. En mottagare avvisade mejlet för vad det är, inte för adressen${data.code ? ` (${data.code})` : ''}. Se svaret under Mottagare: det hänvisar ofta till en sida. Rätta till det som står där innan du fortsätter, annars avvisar fler.`,
  }),
  'message-refused': (data) => ({
    title: 'Utskicket är pausat: det ena mejlet efter det andra avvisas',
    text: `Inget mer går iväg. ${data.count === undefined ? 'De senaste' : `De senaste ${number(data.count)}`} mejlen avvisades som de är, oavsett vem de var till${data.code ? ` (${data.code})` : ''}: mejlet kan vara för stort, eller så godtar servern inte något i det. Se svaren under Mottagare och rätta till det som står där. De som avvisades får inte det här utskicket; övriga väntar.`,
  }),
  'recipients-refused': (data) => ({
    title: 'Utskicket är pausat: den ena mottagaren efter den andra avvisas',
    text: `Inget mer går iväg. ${server(data)} avvisade ${data.count === undefined ? 'många mottagare' : `${number(data.count)} mottagare`} utan att säga vad som är fel på adresserna${data.code ? ` (${data.code})` : ''}, så felet ligger troligen i kontot eller dess gränser. Se svaren under Mottagare, fråga ${server(data)} vad de betyder och fortsätt när felet är rättat. De som avvisades får inte det här utskicket; övriga väntar.`,
  }),
  'command-refused': (data) => ({
    title: 'Utskicket är pausat: utskicksservern förstår oss inte',
    text: `Inget mer går iväg. ${server(data)} godtar inte sättet som vi lämnar över mejl på${data.code ? ` (${data.code})` : ''}. Felet är vårt eller serverns, inte ditt, och ingen har avvisats: alla som väntar behåller sin plats. Säg till den som driver tjänsten, som hittar svaret under Mottagare. Fortsätt när felet är rättat.`,
  }),
  'not-composed': ({ field }) => ({
    title: 'Utskicket är pausat: mejlet går inte att fylla i',
    text: `Inget mer går iväg. Mejlet och värdena i listan passar inte ihop${field ? ` (${field})` : ''}, så det går inte att göra något mejl. Avbryt utskicket. Rätta listan, eller ta bort fältet ur mejlet och granska det igen.`,
  }),
  'bounce-rate': (data) => ({
    title: 'Utskicket är pausat: för många adresser finns inte',
    text: `Inget mer går iväg. ${bounced(data)} Det skadar ditt rykte hos alla mottagare. Rensa listan: ta bort adresser som ingen har bekräftat på ett år. Fortsätt när du vet var de dåliga kom ifrån, eller avbryt.${until(data)}`,
  }),
  'complaint-rate': (data) => ({
    title: 'Utskicket är pausat: för många anmäler det som skräppost',
    text: `Inget mer går iväg. ${reported(data)} Se till att alla på listan har bett om det. Avbryt utskicket, och skriv först till dem som läser dig mest.${until(data)}`,
  }),
  'no-route': (data) => ({
    title: 'Utskicket är pausat: ingen utskicksserver kan ta det',
    text: `Inget mer går iväg. Det går inte att nå ${server(data)}, eller så tas inga mejl emot där, och ingen provad reservserver står redo. De som väntar behåller sin plats. Fortsätt när servern fungerar igen, eller provsänd genom en reservserver under Avsändare.`,
  }),
  'reserve-not-armed': () => ({
    title: 'Utskicket är pausat: reservservern är inte redo',
    text: 'Inget mer går iväg. Reservservern har inte klarat en provsändning de senaste 30 dagarna. Provsänd genom den under Avsändare och fortsätt sedan utskicket.',
  }),
  'routes-changed': () => ({
    title: 'Utskicket är pausat: utskicksservrarna har ändrats',
    text: 'Inget mer går iväg. Avsändarens servrar, underdomäner eller nycklar är inte de som mejlet granskades med. Ställ tillbaka dem under Avsändare och fortsätt, eller granska mejlet igen och skicka resten som ett nytt utskick.',
  }),
  crashed: ({ list }) =>
    list === undefined
      ? {
          title: 'Utskicket är pausat: något gick fel hos oss',
          text: 'Inget mer går iväg. Det är vårt fel, inte ditt. De som redan har fått mejlet får det inte igen. Fortsätt utskicket. Pausas det igen, berätta det för den som driver tjänsten.',
        }
      : {
          title: 'Utskicket är pausat: listan lästes inte till slutet',
          text: 'Inget har gått iväg. Tjänsten stannade två gånger medan den läste listan och försöker inte en tredje gång. Det är vårt fel, inte ditt. Avbryt utskicket, dela upp listan och gör ett nytt utskick för varje del. Berätta det för den som driver tjänsten.',
        },
};

const moment = (at: string | number) => `${String(at).slice(0, 16).replace('T', ' ')} UTC`;
const noSuccessor: Record<string, string> = {
  'orderer-ended':
    'Den som beställde det får inte hämta klarsignaler längre: medlemmen är borttagen eller har en annan roll, eller så är nyckeln återkallad.',
  'message-other':
    'Granskat om skulle mejlet inte vara detsamma: utskicksservrarna, eller hur vi sätter ihop mejl, har ändrats.',
  'not-later': 'En ny klarsignal skulle inte gälla längre, eftersom undantaget som den bygger på går ut.',
  unreadable: 'Mejlet som lämnades in går inte att läsa längre.',
};

export const alertsSwedish: AlertWords = {
  'switched-to-reserve': (data) => ({
    title: 'Reservservern har tagit över: för många studsar',
    text: `Utskicket fortsätter, genom ${of(data.reserve, 'reservservern')}. ${overSwedish('bounce-rate', data)} Ta reda på var de dåliga adresserna kom ifrån. Byt tillbaka till ${server(data)} när listan är rensad. Det sker inte automatiskt.${unseen(data)}`,
  }),
  'reserve-took-over': (data) => ({
    title: 'Reservservern har tagit över',
    text: `Utskicket fortsätter, genom ${of(data.reserve, 'reservservern')}, eftersom det inte går att nå ${server(data)} eller inga mejl tas emot där. Du behöver inte göra något: utskicket går tillbaka av sig självt när ${server(data)} fungerar igen. Ingen får mejlet två gånger.${unseen(data)}`,
  }),
  'primary-is-back': (data) => ({
    title: 'Den vanliga servern skickar mejlen igen',
    text: `Utskicket fortsätter, genom ${server(data)}, som fungerar igen. Du behöver inte göra något.`,
  }),
  'waits-for-server': (data) => ({
    title: data.ended ? 'Utskicket väntade på sin utskicksserver' : 'Utskicket väntar på sin utskicksserver',
    text: data.ended
      ? `Det gick inte att nå ${server(data)} ett tag, eller så togs inga mejl emot där, och ingen annan server fanns att skicka med. Ingen fick mejlet två gånger.`
      : data.quota === 'full'
        ? `Inget går iväg just nu: kontot hos ${server(data)} har skickat allt det får på 24 timmar, och ingen annan server finns att skicka med. De som väntar behåller sin plats, och utskicket fortsätter av sig självt när det finns utrymme igen. Be ${server(data)} om en större kvot om den är för liten.`
        : `Inget går iväg just nu: det går inte att nå ${server(data)}, eller så tas inga mejl emot där, och ingen annan server finns att skicka med. De som väntar behåller sin plats. Nästa försök görs ${data.at === undefined ? 'snart' : moment(data.at)}, sedan allt glesare men minst var 15:e minut, och utskicket fortsätter av sig självt när ett lyckas. Har inget lyckats på fyra timmar pausas det.`,
  }),
  'stands-still': ({ days }) => ({
    title: 'Ett pausat utskick avbryts snart',
    text: `Utskicket har stått still länge. Om ${number(days)} dagar avbryts det och adresserna i listan glöms: vi sparar dem inte längre än de behövs. Fortsätt utskicket innan dess, eller avbryt det själv.`,
  }),
  'events-missing': (data) => ({
    title: 'Inga händelser når oss',
    text: `Mejlen skickas som de ska, men ingen här får veta något om studsar och spamanmälningar: ${server(data)} har tagit emot mejl i mer än en timme, och inte en enda händelse har kommit. Be den som sköter tjänsten att se på ämnet (topic), prenumerationen och configuration set, så som docs/sending.md beskriver under ”When no event comes”. Det som har missats kommer in efteråt om det sparats i en kö.`,
  }),
  'unknown-waits': ({ unknown }) => ({
    title: 'Du behöver bestämma om mejl som ingen vet något om',
    text: `${number(unknown)} mejl lämnades över utan svar för mer än 72 timmar sedan, och ingen rapport har kommit sedan dess. De kan ha kommit fram. Öppna utskicket och välj: räkna dem som skickade, eller skicka dem en gång till. De som redan fick mejlet får det då två gånger.`,
  }),
  'over-limit': (data) => ({
    title:
      data.reason === 'complaint-rate'
        ? 'För många har anmält mejlet som skräppost'
        : 'För många adresser fanns inte',
    text: `Rapporter har kommit in efter att utskicket slutade. ${data.reason === 'complaint-rate' ? reported(data) : bounced(data)} Andra utskick från ${of(data.domain, 'avsändaren')}, eller genom ${server(data)}, stannar eller byter server om de också passerar gränserna: 5 och 8 % studsar, 0,3 % spamanmälningar, under ett dygn. Rensa listan innan du skickar igen.`,
  }),
  'clearance-ends': ({ at, reason }) => ({
    title: 'Utskicket kommer att pausas: det får ingen ny klarsignal',
    text: `Utskicket fortsätter tills klarsignalen går ut${at === undefined ? '' : ` (${moment(at)})`}, och pausas då. ${noSuccessor[String(reason)] ?? `Mejlet skulle granskas om före dess, och det blev ingen ny klarsignal. ${clearanceWords.sv.refused[reason as ClearanceErrorCode] ?? 'Granska mejlet igen.'}`} Hämta en ny klarsignal för samma mejl, och återuppta med den när utskicket har pausats.`,
  }),
  'bounces-unseen': (data) => ({
    title: 'Andelen studsar är okänd',
    text: `Utskicket går genom ${server(data)}, och inget visar att studsarna kommer hit: MX för dess sändande subdomän leder någon annanstans eller gick inte att slå upp. Inget stoppar ett utskick som studsar, och adresser som inte fungerar får mejl igen. Publicera MX som den står under Avsändare, och gör en provsändning.`,
  }),
  sandbox: (data) => ({
    title: 'Kontot kan bara mejla verifierade adresser',
    text: `Utskicket har börjat, men kontot hos ${server(data)} är fortfarande i sandlådan, så alla adresser som inte är verifierade där avvisas. Pausa utskicket, be ${server(data)} om produktionsåtkomst och fortsätt när du har fått den.`,
  }),
  done: ({ recipients, unknown, rejected, cancelled }) => ({
    title: 'Utskicket är klart',
    text: `Alla ${number(recipients)} mottagare har haft sin tur.${Number(rejected ?? 0) > 0 ? ` ${number(rejected)} avvisades av sina mejlservrar.` : ''}${Number(cancelled ?? 0) > 0 ? ` ${number(cancelled)} fick inget mejl, eftersom deras värden inte passar det: se Mottagare.` : ''}${Number(unknown ?? 0) > 0 ? ` Om ${number(unknown)} vet ingen ännu. Rapporter kan fortfarande komma.` : ''} Studsar och spamanmälningar räknas allteftersom de kommer in.`,
  }),
};
