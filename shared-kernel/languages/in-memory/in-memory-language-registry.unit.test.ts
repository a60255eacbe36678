import { languageRegistryContract } from '../language-registry.contract.ts'
import { openInMemoryLanguageRegistry } from './in-memory-language-registry.ts'

languageRegistryContract('in memory', async () => openInMemoryLanguageRegistry())
