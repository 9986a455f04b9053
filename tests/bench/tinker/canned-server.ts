/** The fake server in a process of its own, so that its work is not counted. Sends its address to whoever forked it, and ends with it. In: the folder of its checkpoints. */
import { FakeStore } from '../../infra/engine/tinker/fake/fake-store.ts';
import { ServedFake } from '../../infra/engine/tinker/fake/serve-fake.ts';
import { cannedModels } from './canned-model.ts';

const served = await ServedFake.start({ store: new FakeStore(process.argv[2]!), open: cannedModels, model: 'canned' });
process.send!(served.url);
process.once('disconnect', () => process.exit());
