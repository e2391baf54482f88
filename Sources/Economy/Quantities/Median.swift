/// The middle of a few numbers.
enum Median {
  /// The median, by quickselect in the array's own room: the lower middle for an even count; NaN
  /// for none. Requires finite numbers.
  static func of(_ values: inout [Double]) -> Double {
    guard !values.isEmpty else { return .nan }
    let wanted = (values.count - 1) / 2
    var low = 0
    var high = values.count - 1
    while low < high {
      let pivot = values[low + (high - low) / 2]
      var left = low
      var right = high
      while left <= right {
        while values[left] < pivot { left += 1 }
        while pivot < values[right] { right -= 1 }
        if left <= right {
          values.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if wanted <= right {
        high = right
      } else if wanted >= left {
        low = left
      } else {
        break
      }
    }
    return values[wanted]
  }
}
