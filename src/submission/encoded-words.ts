/** Words of a header that are written in ASCII (RFC 2047), for those who read one outside a whole message. */
export { decodeWords } from 'postal-mime';
