/** The bytes that shape a csv file. In UTF-8 none of them is ever part of another character. */
export const LF = 10;
export const CR = 13;
export const QUOTE = 34;
export const COMMA = 44;
export const MINUS = 45;
export const POINT = 46;
export const ZERO = 48;
