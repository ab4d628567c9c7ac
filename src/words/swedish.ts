/** Shared words in Swedish. */
import { factNames } from './fact-names.ts';
import { askedOf, exampleDns, megabytes, type SharedWords } from './shape.ts';

/** What of the sample data is wrong. */
const sampleParts: Record<string, (name: string) => string> = {
  form: () =>
    'det ska vara JSON med ett värde för varje fält, till exempel {"first_name": "Anna"}, eller en lista i CSV med namnen på första raden och värden på nästa, högst 200 000 tecken sammanlagt.',
  name: (name) => `”${name}” kan inte vara namnet på ett kopplingsfält.`,
  value: (name) =>
    `värdet för ”${name}” ska vara en rad vanlig text, högst 500 tecken, utan < och > och utan egna kopplingsfält.`,
  url: (name) => `värdet för ”${name}” är en adress, och bara de som börjar med https:// tas emot.`,
  many: () => 'det har fler än 200 fält.',
};

/** What of a declared merge field is wrong. */
const mergeParts: Record<string, string> = {
  field: 'kopplingsfälten ska vara en lista, och vart och ett ha name, type och sample.',
  name: 'ett namn börjar med a-z och har högst 40 av a-z, 0-9 och _.',
  type: 'type ska vara text eller url.',
  max_length: 'max_length ska vara ett heltal från 1 till 500.',
  hosts:
    'ett url-fält behöver hosts, 1 till 20 namn som example.se eller *.example.se med små bokstäver. Ett textfält har inga.',
  sample:
    'sample saknas, eller är ett värde som fältet inte tar emot. En text får inte innehålla någon adress, länk eller kod. En url börjar med https:// och går till någon av värdarna i hosts.',
  reserved: 'namnet fylls i av den som skickar mejlet, så ange det inte själv.',
  twice: 'det är angivet två gånger.',
};

export const sv: SharedWords = {
  decisions: {
    clear: 'Klart att skicka',
    blocked: 'Inte klart att skicka',
    undecided: 'Kan inte avgöras ännu',
  },
  trial: 'provkörning',
  scope:
    'Förhandsvisningarna gäller Gmail på webben, Outlook i Windows och Apple Mail i iPhone; om andra program vet vi det som caniemail.com har prövat. Ingen granskning kan lova att mejlet hamnar i inkorgen.',
  unsandboxed:
    'På den här servern kunde Chromium inte starta sin sandlåda, så förhandsvisningarna ritades utan den. Den som sköter servern kan läsa i docs/running.md hur det ändras.',
  silent: (questions, below = false) => {
    const { resolvers, names } = askedOf(questions);
    const who = resolvers === exampleDns.sv ? 'Exemplets egen DNS' : `DNS-servern ${resolvers}`;
    return `${who} svarade inte på frågan om ${below ? 'namnen nedan' : names}. Det räknas inte som godkänt. Granska igen om några minuter.`;
  },
  exampleDns: exampleDns.sv,
  unsigned:
    'I den här filen finns ingen DKIM-Signature: antingen sparades mejlet innan det skickades, eller så signerar inte din utskickstjänst.',
  outcomes: {
    pass: 'Godkänd',
    fail: 'Underkänd',
    unknown: 'Saknar svar',
    'not-applicable': 'Gäller inte',
  },
  severities: { blocker: 'Måste åtgärdas', major: 'Bör åtgärdas', minor: 'Mindre fel', advice: 'Råd' },
  stops: 'Stoppar mejlet',
  areas: {
    authentication: 'Avsändarens identitet',
    domain: 'Avsändarens domän',
    reputation: 'Rykte',
    sender: 'Avsändare',
    headers: 'Mejlhuvud',
    content: 'Innehåll',
    spam: 'Skräppostfilter',
    markup: 'Kod',
    compatibility: 'Mejlprogram',
    accessibility: 'Tillgänglighet',
    rendering: 'Förhandsvisning',
  },
  facts: factNames.sv,
  byRoutes: (routes) => `med utskicksservern ${routes.join(', ')}`,
  unansweredBy: (routes, stops) =>
    `Med utskicksservern ${routes.join(', ')} saknar kontrollen svar. ${stops ? 'Även när felet är rättat, eller en ägare svarar för det, hålls mejlet' : 'Mejlet hålls'} kvar tills svaret har kommit.`,
  reasons: {
    unanswered:
      'DNS svarade inte, så ingen kan säga hur det är. Det räknas inte som godkänt. Granska igen om några minuter.',
    late: 'Kontrollen hann inte bli klar. Det räknas inte som godkänt. Granska igen om några minuter.',
    'missing-engine':
      'Den del av Klarsignal som gör detta finns inte på den här servern. Den som sköter servern kan lägga till den.',
    'dns-alone':
      'Svaren kommer ur en zonfil, och den svarar bara på DNS-frågor: webbservrar, mejlservrar och register har inte tillfrågats. Det räknas inte som godkänt.',
    crashed:
      'Själva kontrollen misslyckades. Det är vårt fel, inte ditt. Det räknas inte som godkänt. Granska igen. Händer det på nytt, säg till den som sköter servern.',
    'left-out': 'Du valde att hoppa över det här.',
    'not-given': 'Vi behöver en uppgift till från dig för att kunna kontrollera det här.',
    'needs-dkim':
      'Bara en DKIM-signatur för din egen domän kan avgöra det här, och vi känner inte till någon.',
    'each-mail':
      'Posten låter svaret bero på varje mejl och servern det kommer från (ett makro), så ingen kan veta i förväg. Det räknas inte som godkänt.',
    'other-names':
      'SPF-posten leder till namn eller adresser som kan rymma ditt mejlhotells, så ingen kan säga säkert. Det räknas inte som godkänt. Mejlhotellet säger vilken del det vill ha där.',
    'cut-short':
      'SPF-posten är så lång, eller kräver så många uppslag, att vi inte läste den till slutet. Det gör kanske inte mottagarna heller. Korta den först.',
    'too-much':
      'Mejlet har mer CSS än vi läser, så ingen kan säga. Det räknas inte som godkänt. Ta bort stilar som inget använder och granska igen.',
    'over-picture':
      'En del text står på en bild, så ingen kan räkna ut hur väl den syns. Det räknas inte som godkänt. Se efter i förhandsvisningarna, och ge bilden en bakgrundsfärg som texten syns väl mot.',
    unclear:
      'Mejlet säger det kanske, men inte så tydligt att någon kan vara säker, eller på ett språk som vi inte kan läsa. Det räknas inte som godkänt. Säg det rakt ut och granska igen.',
    'no-html': 'Mejlet har ingen HTML-del.',
    'no-reply-to': 'Mejlet har ingen Reply-To.',
    unsent: 'Mejlet har inte skickats än, och utskickstjänsten lägger till det på vägen.',
    'nothing-attached': 'Inget är bifogat i mejlet.',
    'no-event': 'Ingen kalenderhändelse är bifogad i mejlet.',
    'no-attachments': 'Inget är bifogat, och den här servern har inget virusskydd.',
    'scanner-silent':
      'Virusskyddet svarade inte, så ingen kan säga. Det räknas inte som godkänt. Granska igen om några minuter. Händer det igen, berätta det för den som sköter servern.',
    'scanner-limit':
      'Mejlet är större än virusskyddet tar emot, så ingen kan säga. Det räknas inte som godkänt. Lägg stora filer på webben och länka till dem.',
    'file-closed':
      'Det gick inte att titta i en bifogad fil: den är låst, skadad eller packad på ett sätt som vi inte läser. Det räknas inte som godkänt. Skicka den utan lösenord, som PDF eller i en vanlig ZIP-fil, eller länka till den.',
    'engine-silent':
      'Skräppostfiltret som är inställt på den här servern svarade inte, så ingen kan säga. Det räknas inte som godkänt. Granska igen om några minuter. Händer det igen, berätta det för den som sköter servern.',
    'no-spam-engine': 'Det här skräppostfiltret är inte inställt på den här servern.',
    'no-record': 'Det finns ingen post som går att kontrollera.',
    'faulty-record': 'En annan kontroll säger vad som är fel med posten.',
    'no-domain': 'Avsändardomänen finns inte, som en annan kontroll säger.',
    'no-mail-host': 'Inget av de mejlhotell som vi känner till tar emot mejlen till domänen.',
    'no-mail-from': 'Vi vet inte vilken underdomän som används för utskick.',
    'service-bounces':
      'Studsarna går till utskickstjänstens egen domän, och tjänsten låter ingen välja en annan för nyhetsbrev. I stället bär en DKIM-signatur för din egen domän DMARC.',
    'other-checks': 'En annan kontroll ser redan på det här.',
    'servers-silent':
      'Alla domänens mejlservrar lät inte Klarsignal tala med dem på port 25. Många nät spärrar den porten utåt, så det säger inget om servrarna. Den som driver Klarsignal kan få den öppnad.',
    'provider-silent':
      'Amazon SES svarade inte när vi frågade om domänen, så ingen kan säga. Det räknas inte som godkänt. Granska igen om några minuter. Händer det igen behöver den som sköter servern se till att Klarsignal får anropa ses:GetEmailIdentity.',
    'no-server':
      'Avsändarens utskicksserver är inte inställd här, så ingen kan säga. Det räknas inte som godkänt. Den som sköter servern kan lägga till den.',
    'not-ses': 'Mejlet går inte genom Amazon SES härifrån.',
    'no-route': 'Mejlet går inte genom en utskicksserver som är inställd här.',
    'not-yours': 'Posten hör till utskickstjänsten, som sköter den.',
    'no-required-fields':
      'Ingen har sagt vilka kopplingsfält mejlet måste ha. Det kan du ange när du lämnar in det.',
    template:
      'En mall får sitt mejlhuvud, och fylls i, när den skickas. Lämna in ett skickat mejl som EML för att kontrollera det här.',
    composed:
      'Klarsignal skriver de här raderna i mejlhuvudet för varje mottagare när utskicket går, och signerar dem.',
    'not-signed':
      'Det som står i mejlhuvudet är rätt, men det måste också omfattas av en DKIM-signatur, och den får mejlet när det skickas. Lämna in ett skickat mejl som EML för att kontrollera det.',
    marketing: 'Bara enskilda ärenden behöver det.',
    transactional: 'Det behövs bara i marknadsföring.',
    'no-signature': 'Mejlet har ingen DKIM-signatur.',
    'no-report-address': 'DMARC-posten anger ingen adress för rapporter.',
    'no-selector': 'Vi vet inte vilken DKIM-selektor som signerar mejlet, så ingen nyckel har slagits upp.',
    'registry-silent':
      'Domänregistret gav inget besked, eller har ingen tjänst som går att fråga (RDAP). Det räknas inte som godkänt.',
    'lists-silent':
      'Några spärrlistor gav inget användbart svar: de svarar inte den DNS-server som används här, eller var tysta. Svaren visas nedan. Den som sköter servern kan ställa in en egen DNS-server, eller en nyckel till listan.',
    'issuer-limits':
      'Ett av utfärdarens certifikat begränsar vilka namn det får gälla för på ett sätt som vi inte bedömer. Det räknas inte som godkänt. Fråga utfärdaren om ditt certifikat håller sig inom gränsen.',
    'mark-unread':
      'Certifikatet anger en sorts märke som vi inte känner till, eller så är en logotyp för stor för att vi ska kunna jämföra den. Det räknas inte som godkänt. Fråga utfärdaren om certifikatet passar logotypen som din post anger.',
    'links-closed':
      'De länkade webbplatserna släpper inte in program, så ingen här kan säga om sidorna finns. Det räknas inte som godkänt. Öppna länkarna för hand innan du skickar.',
    'sites-silent':
      'Ingen av webbplatserna svarade. De kan ligga nere just nu, eller så når den här servern inte ut på webben. Det räknas inte som godkänt. Granska igen om några minuter.',
    'no-links':
      'Mejlet har ingen länk till webben som kan följas. Länkar för avregistrering, och länkar som är en enda läsares, följs aldrig.',
    'no-pictures': 'Mejlet visar ingen bild från webben.',
    'none-answered':
      'Inget av det här gav något svar, eller så får ingen här fråga efter det. En annan kontroll berättar om det.',
    'file-silent':
      'En fil på webben som posten pekar på gick inte att hämta, så ingen kan säga. Det räknas inte som godkänt. Granska igen om några minuter.',
    'no-addresses':
      'Ingen har sagt från vilka servrar (IP-adresser) mejlet skickas. Ange dem för att kontrollera det här.',
    'lists-refuse':
      'Ingen spärrlista svarar den DNS-server som används här, och många svarar inte publika servrar. Den som sköter servern kan ställa in en egen DNS-server, eller en nyckel till listan.',
    'not-told': 'Domänregistret visar inte uppgiften.',
    unvalidated:
      'DNS-servern som Klarsignal frågar kontrollerar inga signaturer (DNSSEC), så härifrån går det inte att säga. Den som driver Klarsignal kan välja en som gör det.',
    'no-dnssec': 'Domänen är inte signerad med DNSSEC.',
  },
  asks: {
    'mail-from':
      'Vilken underdomän går studsarna till (MAIL FROM, Return-Path)? Vet du inte, fråga din utskickstjänst.',
    'dkim-selector':
      'Vilken DKIM-selektor signeras mejlet med? Utan den kan ingen se om signaturen fungerar. Enklast är att spara ett mejl som du har skickat som EML och lämna in det i stället, då följer den med. Eller ange namnet som din utskickstjänst visar under DKIM.',
    'sending-address':
      'Från vilken server går mejlet ut? SPF-posten svarar varje server för sig, efter dess IP-adress, så utan någon adress kan ingen veta i förväg. Din utskickstjänst kan säga vilka adresser den har för dig, och i ett mejl som du har skickat står den i huvudet Received.',
    subject: 'Vilket ämne får mejlet? Det står inte i en mall, och utan det blir det inga spampoäng.',
    'sent-message': 'Det beror på själva mejlet. Lämna in ett mejl som verkligen har skickats, som EML.',
  },
  domainAsks: {
    'dkim-selector':
      'Vilken DKIM-selektor signeras mejlen med? Utan den kan ingen se om signaturen fungerar. Ange namnet som din utskickstjänst visar under DKIM.',
    'sent-message': 'Det avgörs först när ett mejl granskas: ett som verkligen har skickats, sparat som EML.',
  },
  errors: {
    'message-empty': () =>
      'Det finns inget att granska: filen, eller mejlet i den, är tom. Välj filen med din mall, eller klistra in HTML-koden.',
    'message-too-large': ({ limit }) =>
      `Filen är för stor: högst ${megabytes(limit, 'sv')} MB kan granskas. Lägg stora bilder på webben och länka till dem.`,
    'message-not-text': () => 'Det här är ingen textfil. Lämna in HTML, MJML eller ett mejl sparat som EML.',
    'message-unreadable': () =>
      'Mejlet går inte att läsa: det saknar mejlhuvud, eller har för många delar eller rader. Spara det på nytt som EML från ditt mejlprogram.',
    'format-unknown': () =>
      'Vi kan inte se vad det här är. Lämna in HTML, MJML eller ett mejl sparat som EML.',
    'encoding-unclear': () =>
      'Texten är inte UTF-8, och filen säger inte vad den är. Spara den som UTF-8, eller ange teckenkodningen i ett meta-element.',
    'encoding-unknown': ({ encoding }) =>
      `Filen anger teckenkodningen ${encoding}, som vi inte känner till. Spara den som UTF-8 och ändra meta-elementet.`,
    'encoding-wrong': ({ encoding }) =>
      `Filen säger att den är ${encoding}, men det stämmer inte. Spara den som UTF-8 och ändra meta-elementet.`,
    'nesting-too-deep': ({ limit }) =>
      `Det finns mer än ${limit} element inuti varandra. Mejlprogram kan inte visa det. Leta efter taggar som aldrig avslutas.`,
    'elements-too-many': ({ limit }) =>
      `Sidan växer till mer än ${limit} element. Leta efter formateringstaggar (b, font, a) som aldrig avslutas.`,
    'attributes-too-many': ({ limit }) =>
      `En tagg har mer än ${limit} attribut, eller så har sidan alldeles för många sammanlagt. Leta efter ett citattecken som saknas.`,
    'text-too-long': ({ limit }) =>
      `Mejlet har mer än ${megabytes(limit, 'sv')} miljoner tecken text. Det läser ingen: lägg texten på webben och länka till den.`,
    'mjml-too-large': ({ bytes, limit }) =>
      `MJML-koden är ${megabytes(bytes, 'sv')} MB, högst ${megabytes(limit, 'sv')} MB kan kompileras. Länka till bilder i stället för att bädda in dem.`,
    'mjml-too-complex': () =>
      'MJML-koden blir för stor, eller tar för lång tid, när den kompileras. Använd färre komponenter, kortare attribut och mindre CSS, eller lämna in färdig HTML.',
    'mjml-include': ({ line }) =>
      `Rad ${line} hämtar in en annan fil (mj-include). Vi läser inga andra filer: lägg innehållet där, eller lämna in färdig HTML.`,
    'mjml-invalid': ({ detail, line, tag }) =>
      tag
        ? `På rad ${line} finns ett element som MJML inte känner till: ${tag}. Innehållet skulle gå förlorat. Se efter hur det stavas.`
        : `MJML-koden går inte att kompilera: ${detail}`,
    'from-missing': () => 'Ange vem mejlet kommer från: en adress på din domän.',
    'from-differs': ({ value, own }) =>
      `Mejlet säger självt att det kommer från ${own}, inte ${value}. Lämna fältet tomt, eller lämna in ett mejl från ${value}.`,
    'address-invalid': ({ value }) =>
      `Det här är ingen mejladress: ${value}. Skriv den som namn@exempel.se eller Namn <namn@exempel.se>.`,
    'address-several': () => 'Ange bara en adress.',
    'address-comma': ({ value }) => `Det står ett komma i adressen: ${value}. Menade du en punkt?`,
    'address-name-comma': ({ value }) =>
      `Ett namn med komma behöver citattecken runt sig: ${value}. Skriv det som "Namn, mer" <namn@exempel.se>.`,
    'address-domain': ({ value }) =>
      `Domänen i adressen är inte giltig: ${value}. Den ska se ut som exempel.se.`,
    'address-local-part': ({ value }) =>
      `Delen före @ får bara ha bokstäverna a–z, siffror och några tecken: ${value}. Många servrar klarar inte andra.`,
    'header-control-characters': () =>
      'Här finns en radbrytning eller ett annat styrtecken. I ett mejlhuvud kan det lägga till egna rader, så det tas inte emot.',
    'encoded-word': ({ value }) =>
      value === undefined
        ? 'Namnet på en fil innehåller ”=?”. Mejlprogram läser det som ett kodat namn och skulle visa ett annat. Döp om filen och lämna in mejlet igen.'
        : `Namnet innehåller ”=?”: ${value}. Mejlprogram läser det som ett kodat namn och skulle visa ett annat. Skriv namnet som det ska läsas.`,
    'header-too-long': () =>
      'En rad i mejlhuvudet, eller ett namn där, har minst 990 tecken utan mellanslag. Ingen server kan skicka den vidare hel, och då bryts signaturen. Ta bort eller korta den.',
    'attachment-type': ({ value }) =>
      `Mejlet har en del av typen ${value}. Innehållet kommer senare eller någon annanstans ifrån, så ingen kan kontrollera det. Bifoga själva filen, eller länka till den.`,
    'subject-too-long': ({ length, limit }) => `Ämnesraden har ${length} tecken, högst ${limit} är tillåtna.`,
    'mail-from-invalid': ({ value }) =>
      `Det här är ingen domän: ${value}. Skriv bara domänen, till exempel utskick.exempel.se, utan @ och https://.`,
    'dkim-selector-invalid': ({ value }) =>
      `Det här är ingen DKIM-selektor: ${value}. Den står efter s= i mejlhuvudets rad DKIM-Signature.`,
    'merge-field-invalid': ({ name, part }) =>
      `Kopplingsfältet ${name ? `”${name}” ` : ''}går inte att använda: ${mergeParts[`${part}`] ?? mergeParts.field} Rätta det och granska igen.`,
    'merge-field-place': ({ name }) =>
      `Kopplingsfältet {{${name}}} står där värdet kan göra skada. Sätt ett textfält i vanlig text, i alt, title eller aria-label inom citattecken, eller i ämnesraden, och inte intill något som gör en länk av det. Sätt ett adressfält ensamt som href i en länk, eller i vanlig text.`,
    'merge-field-unused': ({ name }) =>
      `Kopplingsfältet ”${name}” är angivet men finns ingenstans i mejlet. Skriv {{${name}}} där värdet ska stå, eller ta bort fältet.`,
    'merge-fields-too-many': ({ count }) =>
      `Det är ${count} kopplingsfält. Ett mejl får ha högst 50: ta bort dem som inte behövs.`,
    'sample-data-invalid': ({ part, name }) =>
      `Exempeldata går inte att använda: ${sampleParts[`${part}`]?.(`${name}`) ?? sampleParts.form?.('')} Rätta och granska igen.`,
    'required-field-invalid': ({ name, count, limit }) =>
      count === undefined
        ? `”${name}” kan inte vara namnet på ett kopplingsfält. Skriv bara namnet, till exempel first_name.`
        : `Det är ${count} obligatoriska kopplingsfält, och det går att leta efter högst ${limit}.`,
    'audience-invalid': ({ fault, value, names }) =>
      fault === 'name'
        ? `”${value}” är inget mejlprogram som vi känner till. De som finns är: ${names}.`
        : fault === 'sum'
          ? `Andelarna blir ${value} tillsammans, men kan bli högst 100.`
          : `”${value}” går inte att läsa. Skriv varje mejlprogram med sin andel av 100 läsare, till exempel outlook-windows=45, gmail=30.`,
    'sending-address-invalid': ({ value }) =>
      `”${value}” är ingen IP-adress. Skriv adressen till servern som skickar, till exempel 192.0.2.1 eller 2001:db8::1.`,
    'sending-addresses-too-many': ({ count, limit }) =>
      `Det är ${count} utskicksservrar. Högst ${limit} kan kontrolleras på en gång.`,
    'dkim-selectors-too-many': ({ count, limit }) =>
      `Du angav ${count} DKIM-selektorer, högst ${limit} kan kontrolleras. Ange dem som signerar det här mejlet.`,
  },
  failures: {
    interrupted: 'Granskningen avbröts flera gånger och har getts upp. Starta den igen.',
    crashed: 'Granskningen misslyckades. Det är vårt fel, inte ditt. Starta den igen.',
    'example-missing':
      'Det här exemplet finns inte på den här servern. Den som sköter servern kan se orsaken i loggen.',
  },
};
