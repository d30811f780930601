import { expect, test } from "vitest";
import { HiddenTexts } from "../../domain/text/hidden-texts.ts";

function redacted(value: unknown, text: string): string {
  const hidden = new HiddenTexts();
  hidden.add(value);
  return hidden.redact(text);
}

test.each([
  ["as it is", "Zeta merger", 'Watcher "Zeta merger" is past'],
  ["in another case", "Nobody-Zeta@Acme.example", "nobody-zeta@acme.example is not in this Anomify organization"],
  ["as JSON has it", 'say "hi" to Zeta\\', `name was sent as ${JSON.stringify('say "hi" to Zeta\\')}`],
  ["as HTML has it", "Zeta & <Sons>", "Anomify keeps Zeta &amp; &lt;Sons&gt;"],
  ["without the # of a channel", "#zeta-room", 'Slack channel "zeta-room" is not connected'],
  ["inside a list or an object", { emailUsers: ["zeta@acme.example"] }, "zeta@acme.example has no phone number"],
  ["a number", 777_001, "user 777001 is not in this Anomify organization"],
])("a text is hidden %s", (_, value, text) => {
  const shown = redacted(value, text);
  expect(shown).toContain("[secret]");
  expect(shown.toLowerCase()).not.toContain("zeta");
  expect(shown).not.toContain("777001");
});

test("a short text is hidden where it stands alone, and left where it is a part of a word", () => {
  expect(redacted("cpu", 'chip "cpu" of cpus')).toBe('chip "[secret]" of cpus');
  expect(redacted("", "nothing to hide")).toBe("nothing to hide");
});
