/** Where the languages are: a folder each. */
export const languagesFolder = import.meta.dirname
