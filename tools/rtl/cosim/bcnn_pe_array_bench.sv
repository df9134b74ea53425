// SPDX-License-Identifier: MIT
//
// Co-simulation bench of bcnn_pe_array between its three channels. Inputs and outputs are flat
// vectors that the C# side reads and writes in place as 32-bit words. Beats are packed tightly,
// parts lowest first and without gaps; every beat starts on a word.
//
//   in   word 0    bit 0 push a window, 1 push a weight, 2 take a partial sum
//        word 1..  window beat: re, im, mask [pixel][lane], tag
//        then      weight beat: re, im, mask [output][lane]
//   out  word 0-2  window, weight, partial channel: bits 15:0 count, 16 valid, 17 ready
//        word 3..  head of the partial channel: re, im [output][pixel], tag

module bcnn_pe_array_bench #(
  parameter int OutputLanes   = 4,
  parameter int PixelLanes    = 4,
  parameter int InputLanes    = 32,
  parameter int PeKind        = 2,
  parameter int PipelineDepth = 2,
  parameter int PopcountTree  = 1,
  parameter int WindowDepth   = 2,
  parameter int WeightDepth   = 2,
  parameter int PartialDepth  = 2,
  parameter int InputWords    = 32,
  parameter int OutputWords   = 16
) (
  input  logic                      clk_i,
  input  logic                      rst_ni,
  input  logic [32*InputWords-1:0]  in_i,
  output logic [32*OutputWords-1:0] out_o
);

  localparam int TagWidth     = 4;
  localparam int PixelBits    = PixelLanes * InputLanes;
  localparam int OutputBits   = OutputLanes * InputLanes;
  localparam int SumBits      = OutputLanes * PixelLanes * ($clog2(2 * InputLanes + 1) + 1);
  localparam int WindowWidth  = 3 * PixelBits + TagWidth;
  localparam int WeightWidth  = 3 * OutputBits;
  localparam int PartialWidth = 2 * SumBits + TagWidth;
  localparam int WeightWord   = 1 + (WindowWidth + 31) / 32;

  logic                              window_wready;
  logic                              window_valid;
  logic                              window_ready;
  logic [WindowWidth-1:0]            window;
  logic [$clog2(WindowDepth+1)-1:0]  window_count;
  logic                              weight_wready;
  logic                              weight_valid;
  logic                              weight_ready;
  logic [WeightWidth-1:0]            weight;
  logic [$clog2(WeightDepth+1)-1:0]  weight_count;
  logic                              partial_valid;
  logic                              partial_ready;
  logic [PartialWidth-1:0]           partial;
  logic                              head_valid;
  logic [PartialWidth-1:0]           head;
  logic [$clog2(PartialDepth+1)-1:0] partial_count;

  bcnn_channel #(
    .Width(WindowWidth),
    .Depth(WindowDepth)
  ) u_window (
    .clk_i,
    .rst_ni,
    .wvalid_i(in_i[0]),
    .wready_o(window_wready),
    .wdata_i (in_i[32 +: WindowWidth]),
    .rvalid_o(window_valid),
    .rready_i(window_ready),
    .rdata_o (window),
    .count_o (window_count)
  );

  bcnn_channel #(
    .Width(WeightWidth),
    .Depth(WeightDepth)
  ) u_weight (
    .clk_i,
    .rst_ni,
    .wvalid_i(in_i[1]),
    .wready_o(weight_wready),
    .wdata_i (in_i[32*WeightWord +: WeightWidth]),
    .rvalid_o(weight_valid),
    .rready_i(weight_ready),
    .rdata_o (weight),
    .count_o (weight_count)
  );

  bcnn_pe_array #(
    .OutputLanes  (OutputLanes),
    .PixelLanes   (PixelLanes),
    .InputLanes   (InputLanes),
    .PeKind       (PeKind),
    .PipelineDepth(PipelineDepth),
    .TagWidth     (TagWidth),
    .PopcountTree (PopcountTree)
  ) u_array (
    .clk_i,
    .rst_ni,
    .window_valid_i (window_valid),
    .window_ready_o (window_ready),
    .window_re_i    (window[0 +: PixelBits]),
    .window_im_i    (window[PixelBits +: PixelBits]),
    .window_mask_i  (window[2*PixelBits +: PixelBits]),
    .window_tag_i   (window[3*PixelBits +: TagWidth]),
    .weight_valid_i (weight_valid),
    .weight_ready_o (weight_ready),
    .weight_re_i    (weight[0 +: OutputBits]),
    .weight_im_i    (weight[OutputBits +: OutputBits]),
    .weight_mask_i  (weight[2*OutputBits +: OutputBits]),
    .partial_valid_o(partial_valid),
    .partial_ready_i(partial_ready),
    .partial_re_o   (partial[0 +: SumBits]),
    .partial_im_o   (partial[SumBits +: SumBits]),
    .partial_tag_o  (partial[2*SumBits +: TagWidth])
  );

  bcnn_channel #(
    .Width(PartialWidth),
    .Depth(PartialDepth)
  ) u_partial (
    .clk_i,
    .rst_ni,
    .wvalid_i(partial_valid),
    .wready_o(partial_ready),
    .wdata_i (partial),
    .rvalid_o(head_valid),
    .rready_i(in_i[2]),
    .rdata_o (head),
    .count_o (partial_count)
  );

  assign out_o[0 +: 32]  = {14'b0, window_wready, window_valid, 16'(window_count)};
  assign out_o[32 +: 32] = {14'b0, weight_wready, weight_valid, 16'(weight_count)};
  assign out_o[64 +: 32] = {14'b0, partial_ready, head_valid, 16'(partial_count)};
  assign out_o[32*OutputWords-1:96] = (32 * (OutputWords - 3))'(head);

endmodule
