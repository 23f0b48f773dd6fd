// A passage pulled out of the text and set large: <blockquote class="pull-quote">.
import { Node } from "django-prose-editor/editor";

export const PullQuote = Node.create({
  name: "pullQuote",
  group: "block",
  content: "paragraph+",
  defining: true,

  parseHTML() {
    return [{ tag: "blockquote.pull-quote", priority: 60 }];
  },
  renderHTML() {
    return ["blockquote", { class: "pull-quote" }, 0];
  },
  addCommands() {
    return { togglePullQuote: () => ({ commands }) => commands.toggleWrap(this.name) };
  },
});
