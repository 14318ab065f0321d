// Where “leave this page” ends: a page of others that anybody might look at, and that loads on a slow network.

/** The weather service; ITSSO_NEUTRAL_SITE names another. */
export const NEUTRAL_SITE: string = process.env.ITSSO_NEUTRAL_SITE || 'https://mausam.imd.gov.in/';
