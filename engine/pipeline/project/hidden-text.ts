/** Controls and marks that turn the direction of text: they could pretend another text on a screen. */
export const HIDDEN = /(?![\t\n\r\ufeff])\p{Cc}|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;
