// SPDX-License-Identifier: MIT
//
// Number of ones among six bits: two full adders and their sum, which is one 6-LUT per output.
// The hierarchy is kept in synthesis because mapping for delay across its border duplicates lane
// functions: with it a PE costs about a quarter fewer LUTs, and a count that follows a formula.

(* keep_hierarchy *)
module bcnn_count6 (
  input  logic [5:0] bits_i,
  output logic [2:0] count_o
);

  logic sum_low;
  logic carry_low;
  logic sum_high;
  logic carry_high;
  logic carry;

  assign sum_low    = bits_i[0] ^ bits_i[1] ^ bits_i[2];
  assign carry_low  = (bits_i[0] & bits_i[1]) | (bits_i[2] & (bits_i[0] | bits_i[1]));
  assign sum_high   = bits_i[3] ^ bits_i[4] ^ bits_i[5];
  assign carry_high = (bits_i[3] & bits_i[4]) | (bits_i[5] & (bits_i[3] | bits_i[4]));
  assign carry      = sum_low & sum_high;

  assign count_o[0] = sum_low ^ sum_high;
  assign count_o[1] = carry_low ^ carry_high ^ carry;
  assign count_o[2] = (carry_low & carry_high) | (carry & (carry_low | carry_high));

endmodule
