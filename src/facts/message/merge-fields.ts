/** Merge fields as sending tools write them; a submission is filled in by the same forms. */

export {
  findMergeFields,
  isSettled,
  mergeElements,
  mergeFieldsOf,
  mergeFieldsOfAddress,
} from '../../submission/merge-forms.ts';
export { undeclaredFields } from '../../submission/merging.ts';
