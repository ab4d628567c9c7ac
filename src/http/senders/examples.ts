/** How each call is made, for the description of the API. */
export const senderExamples: Record<string, string> = {
  'GET /v1/senders': '',
  'POST /v1/senders': '--json \'{"domain":"example.com"}\'',
  'GET /v1/senders/{domain}': '',
  'PATCH /v1/senders/{domain}':
    '-X PATCH -H \'content-type: application/json\' \\\n  -d \'{"warmUp":"full","onBounces":"switch"}\'',
  'DELETE /v1/senders/{domain}': '-X DELETE',
  'POST /v1/senders/{domain}/check': '-X POST',
  'PUT /v1/senders/{domain}/routes/{transport}':
    '-X PUT -H \'content-type: application/json\' \\\n  -d \'{"role":"reserve","mailFrom":"post.example.com"}\'',
  'DELETE /v1/senders/{domain}/routes/{transport}': '-X DELETE',
  'POST /v1/senders/{domain}/routes/{transport}/rehearsal': '-X POST',
  'PUT /v1/senders/{domain}/routes/{transport}/unseen-bounces': '-b klarsignal=$SESSION -X PUT',
  'DELETE /v1/senders/{domain}/routes/{transport}/unseen-bounces': '-b klarsignal=$SESSION -X DELETE',
};
