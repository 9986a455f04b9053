/** Sample text as an attacker would have it. In: a commit. Out: the same with such text wherever text is shown. */
import type { StepCommit } from '../../../operators/ports/run-store.ts';

export const hostileText = {
  script: '<script>globalThis.hacked = 1</script>',
  image: '<img src=x onerror="globalThis.hacked = 1">',
  link: '<a href="javascript:globalThis.hacked=1">here</a>',
  /** Right-to-left override, zero width space, an escape sequence, a null. */
  unseen: 'a\u202eb\u200bc\u001b[2Jd\u0000e',
  truth: 'Rome',
} as const;

const { script, image, link, unseen, truth } = hostileText;

export function withHostileText(commit: StepCommit): StepCommit {
  const paragraphs = commit.paragraphs.map((message, i) => {
    if (i > 1) return message;
    const { paragraph } = message;
    const text = `${script} ${image} ${link} ${unseen} ${truth} </p><style>*{display:none}</style>`;
    const hidden = i === 0 ? image : truth;
    return {
      ...message,
      paragraph: { ...paragraph, title: script, sections: [image], file: link, text },
      maskRollouts: message.maskRollouts.map((mask) => (mask.rejection !== null ? mask : { ...mask, responseText: `${script}\\mask{${hidden}}`, answer: hidden, answerStart: script.length + 6, answerEnd: script.length + 6 + hidden.length, occurrences: 1 })),
      passages: message.passages.map((passage) => ({ ...passage, maskText: hidden, spanStarts: [text.indexOf(hidden)], text: text.replace(hidden, '[mask]') })),
      predictions: message.predictions.map((prediction) => ({ ...prediction, responseText: `${unseen}${link}`, answer: i === 0 ? unseen : `${truth} `, answerStart: 0, answerEnd: unseen.length, correct: false })),
    };
  });
  return { ...commit, paragraphs };
}
