/** AMC 2023: 40 problems of the American Mathematics Competitions 12. Published as Parquet: `id`, `question`, `answer`. mean@32. */
import { competition } from './competition.ts';

export const amc23 = competition('amc23@2', 'hf://datasets/math-ai/amc23/**/test-*.parquet');
