print("acogida")
