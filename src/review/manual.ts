/** Addresses of the manual, for users who have the package but not the repository. */

/** The address of the repository. Texts and the package read it from here. */
export const REPOSITORY = 'https://github.com/pangea-fsx/pangea-fsx-lustrefilesystem';

/** The address of a page of the manual, such as `rules.md#format`. */
export const manualPage = (page: string): string => `${REPOSITORY}/blob/main/manual/${page}`;
