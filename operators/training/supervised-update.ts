/** Mean negative log-likelihood of the answers to masked passages, without reasoning: the update of `supervised-span`. */
import { toSupervisedGroups } from './supervised-groups.ts';
import { crossEntropyUpdate, type UpdateRule } from './update-rule.ts';

export const supervisedUpdate: UpdateRule = {
  ...crossEntropyUpdate,
  name: 'supervised',
  useful: ({ passages }) => passages.length > 0,
  groups: toSupervisedGroups,
};
