/** What to type for each call, for the page about the API; `$SEND` is a mailing's id. */
export const sendExamples: Record<string, string> = {
  'POST /v1/sends':
    '-H \'idempotency-key: letter-48\' \\\n  --json \'{"clearance":"\'$CLEARANCE\'","perMinute":600}\'',
  'GET /v1/sends': '',
  'GET /v1/sends/{id}': '',
  'PUT /v1/sends/{id}/recipients': "-X PUT -H 'content-type: text/csv' \\\n  --upload-file readers.csv",
  'GET /v1/sends/{id}/recipients': '-G -d state=bounced -d search=example.org',
  'GET /v1/sends/{id}/outcomes.csv': '-o outcomes.csv',
  'GET /v1/sends/{id}/left-out.csv': '-o left-out.csv',
  'POST /v1/sends/{id}/pause': '-X POST',
  'POST /v1/sends/{id}/cancel': '-X POST',
  'POST /v1/sends/{id}/return-to-primary': '-X POST',
  'POST /v1/sends/{id}/resume': "--json '{}'",
  'POST /v1/sends/{id}/unknown': '--json \'{"as":"sent"}\'',
  'GET /v1/recipients/{address}': '',
  'DELETE /v1/recipients/{address}': '-X DELETE',
};
