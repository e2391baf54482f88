/// Picking ranks out of a few things without sorting them.
enum Selection {
  /// Reorders so that the item of a rank stands at its place, those before it in front of it and
  /// those after it behind (quickselect; linear on average). Any order within the two sides.
  static func place<Item>(
    _ rank: Int, of items: inout [Item], by precedes: (Item, Item) -> Bool
  ) {
    var low = 0
    var high = items.count - 1
    while low < high {
      let pivot = items[low + (high - low) / 2]
      var left = low
      var right = high
      while left <= right {
        while precedes(items[left], pivot) { left += 1 }
        while precedes(pivot, items[right]) { right -= 1 }
        if left <= right {
          items.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if rank <= right {
        high = right
      } else if rank >= left {
        low = left
      } else {
        return
      }
    }
  }

  /// The median, the lower middle for an even count; NaN for none. Requires finite numbers, which
  /// it reorders.
  static func median(of values: inout [Double]) -> Double {
    guard !values.isEmpty else { return .nan }
    let middle = (values.count - 1) / 2
    place(middle, of: &values, by: <)
    return values[middle]
  }
}
