/** How each call is made, for the description of the API. */
export const clearanceExamples: Record<string, string> = {
  'POST /v1/audits/{id}/clearance': '-X POST',
  'GET /v1/audits/{id}/clearances': '',
  'POST /v1/clearances/verify': '--json \'{"clearance":"eyJhbGciOiJFZDI1NTE5Ii…"}\'',
  'POST /v1/clearances/{id}/revoke': '-X POST',
  'GET /v1/audits/{id}/waivers': '',
  'POST /v1/audits/{id}/waivers':
    '-b klarsignal=$SESSION \\\n  --json \'{"rule":"…","reason":"Agreed with the board.","endsAt":"2026-12-24"}\'',
  'POST /v1/waivers/{id}/revoke': '-b klarsignal=$SESSION -X POST',
};
