/** How often a two-factor code may be wrong before the login is given up. */
export const CODE_ATTEMPTS = 3;
