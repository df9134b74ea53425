// SPDX-License-Identifier: MIT
//
// Number of ones among up to six bits: two full adders and their sum, one 6-LUT per output.
// The hierarchy is kept in synthesis because mapping for delay across its border duplicates lane
// functions: with it a PE costs about a quarter fewer LUTs, and a count that follows a formula.

(* keep_hierarchy *)
module bcnn_count6 #(
  parameter int Lanes = 6
) (
  input  logic [Lanes-1:0]           bits_i,
  output logic [$clog2(Lanes+1)-1:0] count_o
);

  logic [5:0] six;
  logic       sum_low;
  logic       carry_low;
  logic       sum_high;
  logic       carry_high;
  logic       carry;
  logic [2:0] count;

  assign six        = 6'(bits_i);
  assign sum_low    = six[0] ^ six[1] ^ six[2];
  assign carry_low  = (six[0] & six[1]) | (six[2] & (six[0] | six[1]));
  assign sum_high   = six[3] ^ six[4] ^ six[5];
  assign carry_high = (six[3] & six[4]) | (six[5] & (six[3] | six[4]));
  assign carry      = sum_low & sum_high;

  assign count[0] = sum_low ^ sum_high;
  assign count[1] = carry_low ^ carry_high ^ carry;
  assign count[2] = (carry_low & carry_high) | (carry & (carry_low | carry_high));

  assign count_o = ($clog2(Lanes + 1))'(count);

endmodule
