/** As much of the package as the tests use; it has no types of its own. */
declare module 'markdown-it' {
  export default class MarkdownIt {
    constructor(options?: { readonly html?: boolean })
    render(markdown: string): string
  }
}
