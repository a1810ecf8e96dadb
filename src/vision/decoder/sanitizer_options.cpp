// No check for leaks at the end of matside-decoder: the program kills it whenever it has read
// enough, and a check that is cut off prints a warning. The fuzz targets check the same code.
extern "C" int __lsan_is_turned_off();   // NOLINT(bugprone-reserved-identifier)
extern "C" int __lsan_is_turned_off() {  // NOLINT(bugprone-reserved-identifier)
  return 1;
}
