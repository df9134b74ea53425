// SPDX-License-Identifier: MIT
//
// Folded batch norm of one complex sum, to its two signs and its two 16-bit values (FoldedNorm.cs):
//
//   complex    y_re = a0 re + a1 im + c_re     y_im = a2 re + a3 im + c_im
//   diagonal   y_re = a0 re + c_re             y_im = a1 im + c_im
//   signs      y >= 0; threshold: (re >= c_re) xor d0, (im >= c_im) xor d1
//   values     (y + 2^(shift-1)) >> shift, saturated to 16 bits
//
// 48-bit sums: the constants are proven not to leave them. Ranks behind products and sums share
// the pipeline's enable; results are not registered here.

module bcnn_norm_lane #(
  parameter int AccumulatorBits = 24,
  parameter int ProductRanks    = 1,
  parameter int SumRanks        = 1
) (
  input  logic                       clk_i,
  input  logic                       en_i,

  input  logic [AccumulatorBits-1:0] re_i,
  input  logic [AccumulatorBits-1:0] im_i,

  // Constants of the channel: four products' coefficients, c, d.
  input  logic [63:0]                coefficients_i,
  input  logic [95:0]                constants_i,
  input  logic [1:0]                 inversions_i,
  input  logic                       threshold_i,

  // Of the beat in the last rank.
  input  logic [5:0]                 shift_i,
  input  logic                       to_values_i,

  // Value, or sign as bit 15 and 0 below: y >= 0 is a 0 there.
  output logic [15:0]                re_o,
  output logic [15:0]                im_o,

  // Components that saturated.
  output logic                       saturated_re_o,
  output logic                       saturated_im_o
);

  // One DSP48E2 per product up to 27 bits of accumulator.
  localparam int ProductWidth = AccumulatorBits + 16;

  logic signed [ProductWidth-1:0] product [4];
  logic [4*ProductWidth-1:0]      products;
  logic [4*ProductWidth-1:0]      products_d;
  logic [95:0]                    constants_d;

  assign product[0] = $signed(coefficients_i[15:0]) * $signed(re_i);
  assign product[1] = $signed(coefficients_i[31:16]) * $signed(im_i);
  assign product[2] = $signed(coefficients_i[47:32]) * $signed(re_i);
  assign product[3] = $signed(coefficients_i[63:48]) * $signed(im_i);
  assign products   = {product[3], product[2], product[1], product[0]};

  bcnn_delay #(
    .Width(4 * ProductWidth + 96),
    .Ranks(ProductRanks)
  ) u_products (
    .clk_i,
    .en_i,
    .data_i({constants_i, products}),
    .data_o({constants_d, products_d})
  );

  for (genvar part = 0; part < 2; part++) begin : gen_part
    localparam int At = 2 * part * ProductWidth;

    logic signed [47:0] operand;
    logic signed [47:0] constant;
    logic               above;
    logic               above_d;
    logic               threshold_d;
    logic signed [47:0] sum;
    logic signed [47:0] y;
    logic signed [47:0] doubled;
    logic signed [47:0] value;
    logic               fits;
    logic               sign;

    assign operand  = 48'($signed((part == 0) ? re_i : im_i));
    assign constant = constants_i[48*part +: 48];
    assign above    = (operand >= constant) ^ inversions_i[part];

    bcnn_delay #(
      .Width(2),
      .Ranks(ProductRanks + SumRanks)
    ) u_threshold (
      .clk_i,
      .en_i,
      .data_i({above, threshold_i}),
      .data_o({above_d, threshold_d})
    );

    assign sum = 48'($signed(products_d[At +: ProductWidth])) +
                 48'($signed(products_d[At+ProductWidth +: ProductWidth])) +
                 $signed(constants_d[48*part +: 48]);

    bcnn_delay #(
      .Width(48),
      .Ranks(SumRanks)
    ) u_sum (
      .clk_i,
      .en_i,
      .data_i(sum),
      .data_o(y)
    );

    // Half a unit is added after all but one place of the shift: the same number.
    assign doubled = y >>> (shift_i - 6'd1);
    assign value   = (doubled + 48'sd1) >>> 1;
    assign fits    = (value[47:15] == '0) | (value[47:15] == '1);
    assign sign    = threshold_d ? ~above_d : y[47];
  end

  assign re_o = ~to_values_i ? {gen_part[0].sign, 15'b0} :
                gen_part[0].fits ? gen_part[0].value[15:0] :
                {gen_part[0].value[47], {15{~gen_part[0].value[47]}}};
  assign im_o = ~to_values_i ? {gen_part[1].sign, 15'b0} :
                gen_part[1].fits ? gen_part[1].value[15:0] :
                {gen_part[1].value[47], {15{~gen_part[1].value[47]}}};
  assign saturated_re_o = ~gen_part[0].fits;
  assign saturated_im_o = ~gen_part[1].fits;

endmodule
