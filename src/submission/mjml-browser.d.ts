/** The build for browsers comes without types; these are what is used of it. */
declare module 'mjml-browser' {
  interface Result {
    html: string;
    errors: { line: number; tagName: string; message: string }[];
  }
  export default function mjml2html(
    source: string,
    options: { validationLevel: 'soft' | 'strict' | 'skip'; ignoreIncludes: boolean },
  ): Promise<Result>;
}
