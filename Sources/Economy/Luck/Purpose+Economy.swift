import Kernel

/// What each draw of the economy is for. Numbers are appended and never reused: a new purpose
/// leaves every other draw alone.
extension Purpose {
  static let interarrival = Purpose(rawValue: 1)
  static let thinning = Purpose(rawValue: 2)
  static let jobSize = Purpose(rawValue: 3)
  static let patience = Purpose(rawValue: 4)
  static let budget = Purpose(rawValue: 5)
  static let cloudTaste = Purpose(rawValue: 6)
  static let assignment = Purpose(rawValue: 7)
  static let session = Purpose(rawValue: 8)
  static let offline = Purpose(rawValue: 9)
  static let failure = Purpose(rawValue: 10)
  static let repair = Purpose(rawValue: 11)
  static let fleetSize = Purpose(rawValue: 12)
  static let tariff = Purpose(rawValue: 13)
  static let costSpread = Purpose(rawValue: 14)
  static let ownership = Purpose(rawValue: 15)
  static let firstLook = Purpose(rawValue: 16)
  static let leadTime = Purpose(rawValue: 17)
  static let attrition = Purpose(rawValue: 18)
  static let actOnLoss = Purpose(rawValue: 19)
  static let marketNoise = Purpose(rawValue: 20)
  static let hardwareAge = Purpose(rawValue: 21)
  static let conditionShock = Purpose(rawValue: 22)
  static let region = Purpose(rawValue: 23)
  static let aggregateRank = Purpose(rawValue: 30)
  static let wearOut = Purpose(rawValue: 40)
  static let lemon = Purpose(rawValue: 41)
  static let repairKind = Purpose(rawValue: 42)
  static let dailyStart = Purpose(rawValue: 43)
  static let dailyHours = Purpose(rawValue: 44)
  static let sessionTrace = Purpose(rawValue: 45)
  static let outageGap = Purpose(rawValue: 46)
  static let outageLength = Purpose(rawValue: 47)
  static let outageHit = Purpose(rawValue: 48)
  static let plannedEnd = Purpose(rawValue: 49)
  static let cloudService = Purpose(rawValue: 50)
  static let cloudSplit = Purpose(rawValue: 51)
  static let client = Purpose(rawValue: 52)
  static let preemption = Purpose(rawValue: 53)
  static let cheater = Purpose(rawValue: 90)
  static let cheat = Purpose(rawValue: 91)
  static let audit = Purpose(rawValue: 92)
  static let auditDetection = Purpose(rawValue: 93)
  static let challenge = Purpose(rawValue: 94)
  static let collusion = Purpose(rawValue: 95)
  static let spoofed = Purpose(rawValue: 96)
  static let registration = Purpose(rawValue: 97)
  static let verification = Purpose(rawValue: 98)
  static let proof = Purpose(rawValue: 99)
  static let userRegion = Purpose(rawValue: 70)
  static let bid = Purpose(rawValue: 71)
  static let request = Purpose(rawValue: 72)
  static let requestRate = Purpose(rawValue: 73)
  static let approval = Purpose(rawValue: 74)
  static let bandwidth = Purpose(rawValue: 75)
  static let aggregateNoise = Purpose(rawValue: 170)
  static let score = Purpose(rawValue: 160)
  static let subnetScore = Purpose(rawValue: 161)
  static let marketWide = Purpose(rawValue: 130)
  static let closedToProvider = Purpose(rawValue: 131)
  static let closedToUser = Purpose(rawValue: 132)
}

/// The 64-bit identities that key luck: what an entity is, never when it was made.
enum Identity {
  /// Node `index` of candidate `number` of a type in a region.
  static func node(type: Int, region: Int = 0, candidate: Int, index: Int) -> UInt64 {
    UInt64(type) << 56 | UInt64(region) << 48 | UInt64(candidate) << 24 | UInt64(index)
  }

  /// Candidate `number` of a type in a region.
  static func candidate(type: Int, region: Int = 0, number: Int) -> UInt64 {
    UInt64(type) << 56 | UInt64(region) << 48 | UInt64(number) << 24 | 0xFF_FFFF
  }

  /// Number of a potential arrival among those of its class and region.
  static func number(ofArrival identity: UInt64) -> UInt64 { identity & 0xFFFF_FFFF_FFFF }

  /// Client `number` of a class: apart from all arrivals, which share its purposes.
  static func client(class index: Int, number: Int) -> UInt64 {
    UInt64(index) << 56 | 0xFF << 48 | UInt64(number)
  }

  /// Potential arrival `number` of a class in a region.
  static func arrival(class index: Int, region: Int = 0, number: UInt64) -> UInt64 {
    UInt64(index) << 56 | UInt64(region) << 48 | number
  }

  /// Copy `number` of an arrival, below 32; copy 0 has the luck of the job that is alone.
  static func copy(_ number: Int, of arrival: UInt64) -> UInt64 {
    // Arrivals of a burn-in are numbered from 2^47 on.
    let place: UInt64 = arrival & 1 << 47 == 0 ? 43 : 38
    assert(arrival & 31 << place == 0, "numbers of arrivals stay below 2^43, and 2^38 behind 2^47")
    return arrival | UInt64(number) << place
  }
}
