/**
 * How the references of a merchant are checked. `strict`: as DOKU's documents say. `lenient`: any text that
 * the wire can hold, because DOKU's own samples break what its documents say (reference snap C4, C5, C11).
 */
export type ReferenceRule = 'lenient' | 'strict';

/** A rule for one reference. */
export interface ReferenceForm {
  readonly min: number;
  readonly max: number;
  /** Whether other characters than letters and digits are refused. */
  readonly alphanumeric: boolean;
}

/** A sentence when a reference has another form. Its text is not repeated: it is the caller's own. */
export function referenceProblems(
  member: string,
  reference: string,
  form: ReferenceForm,
): readonly string[] {
  return hasForm(reference, form)
    ? []
    : [`${member} must be ${describeForm(form)} (given ${reference.length} characters)`];
}

/** Whether a reference has a form. */
export function hasForm(reference: string, { min, max, alphanumeric }: ReferenceForm): boolean {
  return (
    reference.length >= min &&
    reference.length <= max &&
    (!alphanumeric || /^[A-Za-z0-9]*$/.test(reference))
  );
}

function describeForm({ min, max, alphanumeric }: ReferenceForm): string {
  const size = min === max ? `exactly ${min}` : `${min} to ${max}`;
  return `${size} ${alphanumeric ? 'letters and digits, as createPartnerReference() makes them' : 'characters'}`;
}
