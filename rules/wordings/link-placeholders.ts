/**
 * Registered domains that templates have where an address is to be written: those that RFC 2606 section 3 sets aside
 * for examples, and names that only ask for one. The whole name, so that no real one is caught.
 */
export const placeholderDomain =
  /^(?:example\.(?:com|net|org)|(?:your-?(?:domain|site|website|company|companyname|brand|store|shop|link|url)|my-?(?:domain|website)|(?:din|er)-?(?:doman|webbplats|webbsida|hemsida|butik|adress|lank)|insert-?(?:link|url)(?:-?here)?|link-?here|url-?here|placeholder)\.[a-z]{2,10})$/;
