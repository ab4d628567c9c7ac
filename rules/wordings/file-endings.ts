/** Which files mail programs and providers do not let through, by the endings of their names. */

const list = (endings: string) => new Set(endings.trim().split(/\s+/));

/**
 * Gmail turns such mail away, also where the file stands in an archive: support.google.com/mail/answer/6590,
 * “File types blocked in Gmail”, read 2026-11.
 */
export const refusedByGmail: ReadonlySet<string> = list(`
  ade adp apk appx appxbundle bat cab chm cmd com cpl diagcab diagcfg diagpkg dll dmg ex ex_ exe hta img ins iso isp
  jar jnlp js jse lib lnk mde mjs msc msi msix msixbundle msp mst nsh pif ps1 scr sct shb sys vb vbe vbs vhd vxd wsc
  wsf wsh xll`);

/**
 * Microsoft 365 answers such mail with a refusal unless somebody there has chosen otherwise, and goes by what the file
 * is before it goes by its name: learn.microsoft.com/defender-office-365/anti-malware-protection-about, “Common
 * attachments filter”, default file types, read 2026-11.
 */
export const refusedByMicrosoft: ReadonlySet<string> = list(`
  ace ani apk app appx arj bat cab cmd com deb dex dll docm elf exe hta img iso jar jnlp kext lha lib library lnk lzh
  macho msc msi msix msp mst pif ppa ppam reg rev scf scr sct sys uif vb vbe vbs vxd wsc wsf wsh xll xz z`);

/**
 * Outlook and Outlook on the web take them out of reach: support.microsoft.com, “Blocked attachments in Outlook”, and
 * the default BlockedFileTypes of Exchange (uni-kassel.de), read 2026-11; without those above.
 */
export const hiddenByOutlook: ReadonlySet<string> = list(`
  appref-ms asp aspx asx bas cdxml cer cnt crt csh der fxp gadget grp hlp hpj htc inf its ksh mad maf mag mam maq
  mar mas mat mau mav maw mcf mda mdb mdt mdw mdz mht mhtml msh msh1 msh1xml msh2 msh2xml mshxml ops osd pcd pl plg
  prf prg printerexport ps1xml ps2 ps2xml psc1 psc2 psd1 psdm1 pssc pst py pyc pyo pyw pyz pyzw
  settingcontent-ms shs theme tmp udl url vbp vhdx vsmacros vsw webpnp website wsb ws xbap xnk`);

/** Amazon SES refuses the mail: docs.aws.amazon.com/ses/latest/dg/mime-types.html, “unsupported attachment types”, read 2026-11. */
export const refusedBySes: ReadonlySet<string> = list(`
  ade adp app asp bas bat cer chm cmd com cpl crt csh der exe fxp gadget hlp hta inf ins isp its js jse ksh lib lnk mad
  maf mag mam maq mar mas mat mau mav maw mda mdb mde mdt mdw mdz msc msh msh1 msh2 mshxml msh1xml msh2xml msi msp mst
  ops pcd pif plg prf prg reg scf scr sct shb shs sys ps1 ps1xml ps2 ps2xml psc1 psc2 tmp url vb vbe vbs vps vsmacros
  vss vst vsw vxd ws wsc wsf wsh xnk`);

/** Files that few programs of readers open, and what to send instead. */
export const opensRarely: Readonly<Record<string, 'pdf' | 'jpeg' | 'zip'>> = {
  pages: 'pdf',
  numbers: 'pdf',
  key: 'pdf',
  pub: 'pdf',
  wps: 'pdf',
  xps: 'pdf',
  oxps: 'pdf',
  one: 'pdf',
  indd: 'pdf',
  ai: 'pdf',
  eps: 'pdf',
  psd: 'jpeg',
  heic: 'jpeg',
  heif: 'jpeg',
  tif: 'jpeg',
  tiff: 'jpeg',
  rar: 'zip',
  '7z': 'zip',
};
