/** AIME 2024: the 30 problems of the American Invitational Mathematics Examination. Published as Parquet: `id`, `problem`, `solution`, `answer`. mean@32. */
import { competition } from './competition.ts';

export const aime24 = competition('aime24@2', 'hf://datasets/HuggingFaceH4/aime_2024/data/train-*.parquet');
