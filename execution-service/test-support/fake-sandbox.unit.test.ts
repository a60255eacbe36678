import { dialogueContract } from '@runledger/sandbox/dialogue.contract.ts'
import { aRunRequest } from './a-run-request.ts'
import { echo, fakeSandbox } from './fake-sandbox.ts'

dialogueContract('a fake sandbox', async () => ({ sandbox: fakeSandbox(echo).sandbox, echo: aRunRequest }))
