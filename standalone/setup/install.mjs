// The part of the set-up that needs no Docker, for commands that only read the source.
import { ensurePackages } from './ensure-packages.mjs'
import { explainFailure } from './explain-failure.mjs'
import { projectRoot } from './project-root.mjs'

ensurePackages(projectRoot).catch(explainFailure)
