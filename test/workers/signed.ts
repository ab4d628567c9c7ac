/** A message signed in both ways that are in use (RFC 8301, RFC 8463), by keys made for this test. */

export const signatures = {
  'ed25519-sha256': [
    'DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.se;',
    ' h=Date: Subject: From; q=dns/txt; s=m1; t=1795161600;',
    ' bh=oPnJDkf+YVsKI/eBiEJlEXrxiwb7cEltNw2cbdQaBss=;',
    ' b=4JXZxnFDIHAcPciS6P6gat8Y+fwBRP1KfhqbGi3fkE39FUOf3Qndy8xl6E8ubeNtUFu4yj2k9',
    ' oyTUAFQR1s2CQ==',
  ].join('\r\n'),
  'rsa-sha256': [
    'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.se; h=Date:',
    ' Subject: From; q=dns/txt; s=r1; t=1795161600;',
    ' bh=oPnJDkf+YVsKI/eBiEJlEXrxiwb7cEltNw2cbdQaBss=;',
    ' b=boZ/Fzf5fsjdtDkyP7AK7ChEGyed663Tc0Jd6wZ9KihQ4WgGC4WqgsKNKhWZfHa8eptkbJ9Kd',
    ' u460mCIEwA22u9yiIN5TnITeJSDa8G3QB5/SziBzgZupsj8Xp0LUSVRIbAbfJt3owF2ccn4yDlX',
    ' Hja9gFFTbEtElSwhCMTAT1KAgxMjIaU/TklyYScKBjFM4mFmDKmvqvHPK4+UPNGzr0Stuo2tEWh',
    ' CfELM3oqOvzLVYTpH7v8CTAvMePfiIoN+/BiPf8JMqu82Ey56HqRpS8NGqHshVM44bKPpz6Lcu4',
    ' B6Dzf4F10AmRvNZ9T03dimn5seTXmOQQtexkYbRT0wAg==',
  ].join('\r\n'),
};

export const message = [
  'From: Vi <a@example.se>',
  'Return-Path: <x@bounce.service.example>',
  'Subject: Hej',
  'Date: Fri, 20 Nov 2026 09:00:00 +0100',
  '',
  'Hej!',
  '',
].join('\r\n');

export const keys = {
  'm1._domainkey.example.se': { TXT: ['v=DKIM1; k=ed25519; p=nO6LxlRO+xmhhNos0+LH2djAps/ML0gw5paDm4mAHp8='] },
  'r1._domainkey.example.se': {
    TXT: [
      'v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAlUqtMq/ynXpJRTqS9F1RsnAQD9RhVjFbz+LBDE2Ctyj6mR/BbDS0XrPS62T6o1kDVAa9ifmZhAVEz9qyGNNxewcNJ8k2jhuHdReBEwgkFF1yhsTHQqv2SB/TKN/1BSaVAQXOf6p+RBddDY/v69tYuzfGfsl8MhuQvVqonkZ7pe751P5VlLUmRtSIpUdE3MD0gfAkN49gL7kJg59m21fb54gGqJzj8KIlkzd521qzKJO2Q9WSU0s6Hh1hRPnYJ5MKC4YNhv/0vpUIk7uIJV7seOt1/ZPYwk0IMWq7oRu6w/RXsQUXz21Pp5i95QNqXbh89pkXPi8qLK3rr/4mu7knDQIDAQAB',
    ],
  },
};
