import { DiagnosticSeverity, type WorkDoneProgressReporter } from 'vscode-languageserver'
import { COMMANDS, type WorkspaceReport } from '../messages'
import type { Checkpoint } from '../requests'
import type { Services } from '../services'
import { shownFileName } from '../uri'
import type { Feature, RunCommand } from './feature'

type Progress = Pick<WorkDoneProgressReporter, 'report'>

const runCheckWorkspace: RunCommand = async (services, { workDoneToken, checkpoint }) => {
  const { window } = services.connection
  const progress =
    workDoneToken === undefined
      ? await window.createWorkDoneProgress()
      : window.attachWorkDoneProgress(workDoneToken)
  progress.begin('Checking the workspace', 0, undefined, false)
  try {
    return await checkWorkspace(services, progress, checkpoint)
  } finally {
    progress.done()
  }
}

async function checkWorkspace(
  services: Services,
  progress: Progress,
  checkpoint: Checkpoint,
): Promise<WorkspaceReport> {
  const { project, documents, reports, diagnostics } = services
  const found = await project.load()
  // Without a folder there are only the open documents.
  const uris = await withoutIgnored(services, found.length > 0 ? found : documents.uris())
  let errors = 0
  let warnings = 0
  for (const [i, uri] of uris.entries()) {
    progress.report(Math.round((100 * i) / uris.length), shownFileName(uri))
    await reports.showNow(uri)
    const { items } = await reports.peek(uri, checkpoint)
    errors += items.filter(({ severity }) => severity === DiagnosticSeverity.Error).length
    warnings += items.filter(({ severity }) => severity === DiagnosticSeverity.Warning).length
  }
  await diagnostics.show(uris)
  // This is when the configurations of files that are not open are first used.
  diagnostics.changed()
  return { files: uris.length, errors, warnings }
}

async function withoutIgnored({ configs }: Services, uris: readonly string[]): Promise<readonly string[]> {
  const lints = await Promise.all(uris.map((uri) => configs.lintOf(uri)))
  return uris.filter((_, i) => !lints[i]?.ignored)
}

/** The command that checks every file of the workspace. */
export const checkWorkspaceFeature: Feature = {
  commands: { [COMMANDS.checkWorkspace]: runCheckWorkspace },
}
