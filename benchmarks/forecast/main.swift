import Forecast
import Foundation

// Reads `series,day,value` from standard input; writes `series,origin,step,low,likely,high` for rolling origins, and the
// time that a series took to standard error. Arguments: days of history, then a method. Horizon 14, six origins 14 days apart.

let history = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 365
let horizon = 14
let origins = 6
let method = CommandLine.arguments.dropFirst(2).first.flatMap(ForecastMethod.init(rawValue:))

var names: [String] = []
var rows: [String: (start: Day, values: [Double])] = [:]
while let line = readLine() {
  let cells = line.split(separator: ",")
  guard cells.count == 3, let day = Day(cells[1]), let value = Double(cells[2]) else { continue }
  let name = String(cells[0])
  if rows[name] == nil { names.append(name) }
  rows[name, default: (day, [])].values.append(value)
}

var output = "series,origin,step,low,likely,high\n"
let clock = ContinuousClock()
var total = Duration.zero
var fits = 0
for name in names {
  guard let (start, values) = rows[name] else { continue }
  for origin in 0..<origins {
    let end = values.count - (origins - origin) * horizon
    let first = max(0, end - history)
    let series = DailySeries(start: start + first, values: values[first..<end].map { $0 })
    var forecasts: [DayForecast] = []
    total += try clock.measure {
      let model = try DemandModel(
        fixed: series, calendar: DemandCalendar(computes: false), horizon: horizon, method: method)
      forecasts = try model.forecast(from: series.end + 1, to: series.end + horizon)
    }
    fits += 1
    for (step, day) in forecasts.enumerated() {
      output += "\(name),\(origin),\(step),\(day.low),\(day.likely),\(day.high)\n"
    }
  }
}
FileHandle.standardOutput.write(Data(output.utf8))
let milliseconds =
  Double(total.components.attoseconds) / 1e15 + Double(total.components.seconds) * 1e3
FileHandle.standardError.write(
  Data("\(names.count) series, \(fits) fits, \(milliseconds / Double(max(1, fits))) ms each\n".utf8)
)
