/** The manual, for those who have the package and not the repository. */

/** Where the repository is to be. The one place that says so: the texts and the package take it from here. */
export const REPOSITORY = 'https://github.com/pangea-fsx/pangea-fsx-lustrefilesystem';

/** The address of a page of the manual, such as `rules.md#format`. */
export const manualPage = (page: string): string => `${REPOSITORY}/blob/main/manual/${page}`;
