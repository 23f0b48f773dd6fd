// What we add to the editor: nodes of the newspaper, its toolbar, the cleaning of what is pasted.
// The editor loads this module by name (DJANGO_PROSE_EDITOR_EXTENSIONS) and takes what is named in
// the field's `extensions`; Menu and Link stand in for the editor's own.
export { Menu } from "./toolbar.js";
export { Link } from "./link.js";
export { Paste } from "./paste.js";
export { Direction } from "./direction.js";
export { PullQuote } from "./pull-quote.js";
export { PictureFigure } from "./picture.js";
export { RelatedArticle } from "./related.js";
export { LinkCard } from "./link-card.js";
