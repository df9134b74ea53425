// SPDX-License-Identifier: MIT
//
// Array of OutputLanes x PixelLanes dot products of InputLanes binary complex lanes. One window
// beat (a word of each pixel) and one weight beat (a word of each output channel) together give
// one partial-sum beat.
//
// One pipeline of PipelineDepth stages with a global stall: it advances unless the last stage
// holds a beat for which the partial channel has no room. An advancing edge takes both operands
// if both are there and otherwise takes a bubble. A beat taken in cycle n is offered in n +
// PipelineDepth when never stalled. Handshake outputs depend on registered state and on the
// neighbours' channel state, which is registered too: beside channels no path is combinational
// from component to component.
//
// Layouts, lowest bits first: window lanes [pixel][lane], weight lanes [output][lane], sums
// [output][pixel]. The tag (plane, last word of the group) passes through unchanged.

module bcnn_pe_array #(
  parameter int OutputLanes   = 4,
  parameter int PixelLanes    = 4,
  parameter int InputLanes    = 32,
  parameter int PeKind        = 2,
  parameter int PipelineDepth = 2,
  parameter int TagWidth      = 4,
  parameter int PopcountTree  = 1
) (
  input  logic                                                               clk_i,
  input  logic                                                               rst_ni,

  // Window channel, consumer side.
  input  logic                                                               window_valid_i,
  output logic                                                               window_ready_o,
  input  logic [PixelLanes*InputLanes-1:0]                                   window_re_i,
  input  logic [PixelLanes*InputLanes-1:0]                                   window_im_i,
  input  logic [PixelLanes*InputLanes-1:0]                                   window_mask_i,
  input  logic [TagWidth-1:0]                                                window_tag_i,

  // Weight channel, consumer side.
  input  logic                                                               weight_valid_i,
  output logic                                                               weight_ready_o,
  input  logic [OutputLanes*InputLanes-1:0]                                  weight_re_i,
  input  logic [OutputLanes*InputLanes-1:0]                                  weight_im_i,
  input  logic [OutputLanes*InputLanes-1:0]                                  weight_mask_i,

  // Partial-sum channel, producer side.
  output logic                                                               partial_valid_o,
  input  logic                                                               partial_ready_i,
  output logic [OutputLanes*PixelLanes*($clog2(2*InputLanes+1)+1)-1:0]       partial_re_o,
  output logic [OutputLanes*PixelLanes*($clog2(2*InputLanes+1)+1)-1:0]       partial_im_o,
  output logic [TagWidth-1:0]                                                partial_tag_o
);

  localparam int SumWidth = $clog2(2 * InputLanes + 1) + 1;

  // Control: the valid bits of the stages, newest lowest.
  logic [PipelineDepth-1:0] valid_q;
  logic                     advance;
  logic                     take;

  assign advance = ~valid_q[PipelineDepth-1] | partial_ready_i;
  assign take    = advance & window_valid_i & weight_valid_i;

  assign window_ready_o  = advance & weight_valid_i;
  assign weight_ready_o  = advance & window_valid_i;
  assign partial_valid_o = valid_q[PipelineDepth-1];

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q <= '0;
    end else if (advance) begin
      valid_q <= PipelineDepth'({valid_q, take});
    end
  end

  bcnn_delay #(
    .Width(TagWidth),
    .Ranks(PipelineDepth)
  ) u_tag (
    .clk_i,
    .en_i  (advance),
    .data_i(window_tag_i),
    .data_o(partial_tag_o)
  );

  for (genvar o = 0; o < OutputLanes; o++) begin : gen_output
    for (genvar p = 0; p < PixelLanes; p++) begin : gen_pixel
      bcnn_dot #(
        .Lanes        (InputLanes),
        .PeKind       (PeKind),
        .PipelineDepth(PipelineDepth),
        .PopcountTree (PopcountTree)
      ) u_dot (
        .clk_i,
        .en_i         (advance),
        .weight_re_i  (weight_re_i[o*InputLanes +: InputLanes]),
        .weight_im_i  (weight_im_i[o*InputLanes +: InputLanes]),
        .weight_mask_i(weight_mask_i[o*InputLanes +: InputLanes]),
        .value_re_i   (window_re_i[p*InputLanes +: InputLanes]),
        .value_im_i   (window_im_i[p*InputLanes +: InputLanes]),
        .value_mask_i (window_mask_i[p*InputLanes +: InputLanes]),
        .re_o         (partial_re_o[(o*PixelLanes+p)*SumWidth +: SumWidth]),
        .im_o         (partial_im_o[(o*PixelLanes+p)*SumWidth +: SumWidth])
      );
    end
  end

`ifdef BCNN_ASSERTIONS
  logic stalled_q;

  always @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      stalled_q <= 1'b0;
    end else begin
      stalled_q <= partial_valid_o & ~partial_ready_i;
      assert ((window_valid_i & window_ready_o) == (weight_valid_i & weight_ready_o))
        else $error("bcnn_pe_array: one operand taken without the other");
      assert (!stalled_q || partial_valid_o)
        else $error("bcnn_pe_array: a stalled beat was withdrawn");
      assert (PeKind == 2 || PeKind == 3 || PeKind == 4)
        else $error("bcnn_pe_array: PeKind %0d", PeKind);
    end
  end
`endif

endmodule
