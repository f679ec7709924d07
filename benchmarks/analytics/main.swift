import Extraction
import Forms
import Foundation
import Interview
import Store
import TestSupport

// Fills a stage with invented submissions: demand with weekdays, holidays, a trend and noise, over two years, in three
// offices, with what was heard and corrected. usage: population DATA-FOLDER STAGE COUNT [LAST-DAY]

let arguments = CommandLine.arguments
guard arguments.count >= 4, let count = Int(arguments[3]) else {
  FileHandle.standardError.write(Data("usage: population FOLDER STAGE COUNT [LAST-DAY]\n".utf8))
  exit(64)
}
let form = try FormDefinition(
  toml: String(contentsOfFile: "assets/forms/acogida.toml", encoding: .utf8))
let data = try StageData.open(DataDirectory(root: arguments[1], stage: arguments[2]))
let last = arguments.count > 4 ? arguments[4] : "2026-11-20"
var population = Population(form: form, stage: arguments[2], count: count, last: last)
while let batch = try population.next(1_000) { try data.submissions.save(batch) }
