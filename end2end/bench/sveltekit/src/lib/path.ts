/** The address of a store's members. */
export const path = (store: string) => `/stores/${store}/settings/general/members`;
