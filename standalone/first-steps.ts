/** What the terminal shows once programs can be sent: lines to paste. */
export const firstSteps = (url: string): string => `
Runledger serves at ${url}   (Ctrl-C ends it)

Submit a program:
  curl -s ${url}/api/submit -H 'content-type: application/json' -d '{"lang": "python", "code": "print(\\"Hello, World!\\")"}'

Read its result, with the codeSubmissionId of the answer:
  curl -s "${url}/api/result/<id>?wait=30"
`
