import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'address-scope',
  severity: 'major',
  reference: 'RFC 6890 and IANA’s special-purpose address registries, as of 2026-11',
  needs: ['addresses'],
  check({ addresses: { addresses } }) {
    if (addresses.length === 0) return notApplicable('no-addresses');
    return addresses.flatMap(({ ip, state }) => (state === 'local' ? [problem('local', { ip })] : []));
  },
  words: {
    en: {
      title: 'Addresses of the sending servers',
      heading: {
        local: ({ ip }, count) =>
          count > 1
            ? `${count} of the sending addresses are not of the internet`
            : `The sending address ${ip} is not one of the internet`,
      },
      mend: 'Give the address that receivers see',
      why: 'Nobody on the internet sees mail come from this address, so what receivers will think of your server cannot be checked.',
      fix: 'Give the public IP address of the server. It stands in the Received lines of a mail that you have sent, or ask whoever runs the server.',
      problems: {
        local: ({ ip }) =>
          `${ip} belongs to an inner network, or is set aside: mail that leaves there reaches receivers from another address.`,
      },
    },
    sv: {
      title: 'Utskicksservrarnas adresser',
      heading: {
        local: ({ ip }, count) =>
          count > 1
            ? `${count} av utskicksadresserna finns inte på internet`
            : `Utskicksadressen ${ip} finns inte på internet`,
      },
      mend: 'Ange adressen som mottagarna ser',
      why: 'Ingen på internet ser mejl komma från den här adressen, så det går inte att kontrollera vad mottagarna tycker om din server.',
      fix: 'Ange serverns publika IP-adress. Den står i raderna Received i ett mejl som du har skickat, eller fråga den som sköter servern.',
      problems: {
        local: ({ ip }) =>
          `${ip} hör till ett inre nätverk, eller är reserverad: mejl därifrån når mottagarna från en annan adress.`,
      },
    },
  },
  examples: {
    good: [{ sendingAddresses: ['199.255.192.10', '2a00:1450:4010::10'] }],
    bad: [
      { world: { sendingAddresses: ['10.0.0.5'] }, finds: 'local' },
      { world: { sendingAddresses: ['199.255.192.10', 'fd00::5', '100.64.0.9'] }, finds: 'local' },
    ],
  },
});
