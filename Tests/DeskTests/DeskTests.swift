import Testing

@testable import Desk
