/** The tenant of whoever does not say who they are: everybody, as long as requests are not authenticated. */
export const anonymousTenant = 'anonymous'
