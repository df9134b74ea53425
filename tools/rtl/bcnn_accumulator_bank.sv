// SPDX-License-Identifier: MIT
//
// Two banks of OutputLanes x PixelLanes complex accumulators. One adds partial sums, shifted by
// their bit plane; the other drains its finished tile, at most NormLanes sums per cycle and only
// the pixels and channels that exist. A finished bank waits until the other has drained.
//
// A command configures one layer: pixels of its map and output channels. It may be taken in the
// same cycle as the layer's first partial sum. Handshake outputs depend on registered state and
// on the registered state of the channels around.
//
// Layouts, lowest bits first: partial sums [output][pixel], drained sums [pixel][channel]. Lanes
// beyond sum_pixels_o and sum_channels_o mean nothing. A beat's pixels follow each other.

module bcnn_accumulator_bank #(
  parameter int OutputLanes     = 8,
  parameter int PixelLanes      = 16,
  parameter int PartialWidth    = 5,
  parameter int AccumulatorBits = 24,
  parameter int NormLanes       = 32,
  // Derived: not to be set.
  parameter int BeatPixels      = (NormLanes < OutputLanes) ? 1 : NormLanes / OutputLanes,
  parameter int BeatChannels    = (NormLanes < OutputLanes) ? NormLanes : OutputLanes
) (
  input  logic                                               clk_i,
  input  logic                                               rst_ni,

  // Command channel, consumer side.
  input  logic                                               command_valid_i,
  output logic                                               command_ready_o,
  input  logic [15:0]                                        command_pixels_i,
  input  logic [15:0]                                        command_channels_i,

  // Partial-sum channel, consumer side.
  input  logic                                               partial_valid_i,
  output logic                                               partial_ready_o,
  input  logic [OutputLanes*PixelLanes*PartialWidth-1:0]     partial_re_i,
  input  logic [OutputLanes*PixelLanes*PartialWidth-1:0]     partial_im_i,
  input  logic [2:0]                                         partial_plane_i,
  input  logic                                               partial_last_i,

  // Sum channel, producer side.
  output logic                                               sum_valid_o,
  input  logic                                               sum_ready_i,
  output logic [BeatPixels*BeatChannels*AccumulatorBits-1:0] sum_re_o,
  output logic [BeatPixels*BeatChannels*AccumulatorBits-1:0] sum_im_o,
  output logic [15:0]                                        sum_first_pixel_o,
  output logic [15:0]                                        sum_pixels_o,
  output logic [15:0]                                        sum_first_channel_o,
  output logic [15:0]                                        sum_channels_o
);

  localparam int Products = OutputLanes * PixelLanes;

  // Smaller of what is left and a constant.
  function automatic logic [15:0] at_most(input logic [15:0] left, input logic [15:0] limit);
    at_most = (left < limit) ? left : limit;
  endfunction

  // Filling side: layer, and where in it the tile in hand lies.
  logic        filling_q;
  logic [15:0] layer_pixels_q;
  logic [15:0] layer_channels_q;
  logic [15:0] fill_pixel_q;
  logic [15:0] fill_channel_q;
  logic        full_q;
  logic        fresh_q;

  // Draining side.
  logic        draining_q;
  logic        bank_q;
  logic [15:0] tile_pixel_q;
  logic [15:0] tile_pixels_q;
  logic [15:0] tile_channel_q;
  logic [15:0] tile_channels_q;
  logic [15:0] drain_pixel_q;
  logic [15:0] drain_channel_q;
  logic [15:0] pixel_beat_q;
  logic [15:0] channel_beat_q;

  logic        filling;
  logic [15:0] layer_pixels;
  logic [15:0] layer_channels;
  logic [15:0] pixels_left;
  logic [15:0] channels_left;
  logic        last_group;
  logic        last_tile;
  logic        take;
  logic        full;
  logic        drain;
  logic        row_end;
  logic        drain_end;
  logic        exchange;

  assign command_ready_o = ~filling_q;
  assign filling         = filling_q | command_valid_i;
  assign layer_pixels    = filling_q ? layer_pixels_q : command_pixels_i;
  assign layer_channels  = filling_q ? layer_channels_q : command_channels_i;
  assign pixels_left     = layer_pixels - fill_pixel_q;
  assign channels_left   = layer_channels - fill_channel_q;
  assign last_group      = (channels_left <= 16'(OutputLanes));
  assign last_tile       = (pixels_left <= 16'(PixelLanes));

  assign partial_ready_o = filling & ~full_q;
  assign take            = partial_ready_o & partial_valid_i;
  assign full            = full_q | (take & partial_last_i);

  assign sum_valid_o = draining_q;
  assign drain       = draining_q & sum_ready_i;
  assign row_end     = (tile_channels_q - drain_channel_q <= 16'(BeatChannels));
  assign drain_end   = drain & row_end & (tile_pixels_q - drain_pixel_q <= 16'(BeatPixels));
  assign exchange    = full & (~draining_q | drain_end);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      filling_q      <= 1'b0;
      fill_pixel_q   <= '0;
      fill_channel_q <= '0;
      full_q         <= 1'b0;
      fresh_q        <= 1'b1;
      draining_q     <= 1'b0;
      bank_q         <= 1'b0;
    end else begin
      filling_q  <= filling & ~(exchange & last_group & last_tile);
      full_q     <= full & ~exchange;
      draining_q <= exchange | (draining_q & ~drain_end);
      bank_q     <= bank_q ^ exchange;
      if (take) begin
        fresh_q <= partial_last_i;
      end
      if (exchange) begin
        fill_channel_q <= last_group ? '0 : fill_channel_q + 16'(OutputLanes);
        if (last_group) begin
          fill_pixel_q <= last_tile ? '0 : fill_pixel_q + 16'(PixelLanes);
        end
      end
    end
  end

  always_ff @(posedge clk_i) begin
    layer_pixels_q   <= layer_pixels;
    layer_channels_q <= layer_channels;
    if (exchange) begin
      tile_pixel_q    <= fill_pixel_q;
      tile_pixels_q   <= at_most(pixels_left, 16'(PixelLanes));
      tile_channel_q  <= fill_channel_q;
      tile_channels_q <= at_most(channels_left, 16'(OutputLanes));
      drain_pixel_q   <= '0;
      drain_channel_q <= '0;
      pixel_beat_q    <= '0;
      channel_beat_q  <= '0;
    end else if (drain) begin
      drain_channel_q <= row_end ? '0 : drain_channel_q + 16'(BeatChannels);
      channel_beat_q  <= row_end ? '0 : channel_beat_q + 16'd1;
      if (row_end) begin
        drain_pixel_q <= drain_pixel_q + 16'(BeatPixels);
        pixel_beat_q  <= pixel_beat_q + 16'd1;
      end
    end
  end

  // Accumulators: bank_q drains, the other adds.
  logic [Products*AccumulatorBits-1:0] drained_re;
  logic [Products*AccumulatorBits-1:0] drained_im;

  for (genvar i = 0; i < Products; i++) begin : gen_accumulator
    logic signed [AccumulatorBits-1:0] re0_q;
    logic signed [AccumulatorBits-1:0] im0_q;
    logic signed [AccumulatorBits-1:0] re1_q;
    logic signed [AccumulatorBits-1:0] im1_q;
    logic signed [AccumulatorBits-1:0] base_re;
    logic signed [AccumulatorBits-1:0] base_im;
    logic signed [AccumulatorBits-1:0] next_re;
    logic signed [AccumulatorBits-1:0] next_im;

    assign base_re = fresh_q ? '0 : (bank_q ? re0_q : re1_q);
    assign base_im = fresh_q ? '0 : (bank_q ? im0_q : im1_q);
    assign next_re = base_re +
      (AccumulatorBits'($signed(partial_re_i[i*PartialWidth +: PartialWidth])) <<< partial_plane_i);
    assign next_im = base_im +
      (AccumulatorBits'($signed(partial_im_i[i*PartialWidth +: PartialWidth])) <<< partial_plane_i);

    always_ff @(posedge clk_i) begin
      if (take && bank_q) begin
        re0_q <= next_re;
        im0_q <= next_im;
      end
      if (take && !bank_q) begin
        re1_q <= next_re;
        im1_q <= next_im;
      end
    end

    assign drained_re[i*AccumulatorBits +: AccumulatorBits] = bank_q ? re1_q : re0_q;
    assign drained_im[i*AccumulatorBits +: AccumulatorBits] = bank_q ? im1_q : im0_q;
  end

  // Drain multiplexers over the beats that a full tile has: few pixels and channels can be first.
  localparam int PixelBeats   = (PixelLanes + BeatPixels - 1) / BeatPixels;
  localparam int ChannelBeats = (OutputLanes + BeatChannels - 1) / BeatChannels;
  localparam int PixelWidth   = (PixelBeats > 1) ? $clog2(PixelBeats) : 1;
  localparam int ChannelWidth = (ChannelBeats > 1) ? $clog2(ChannelBeats) : 1;

  logic [PixelWidth-1:0]   pixel_beat;
  logic [ChannelWidth-1:0] channel_beat;

  assign pixel_beat   = pixel_beat_q[PixelWidth-1:0];
  assign channel_beat = channel_beat_q[ChannelWidth-1:0];

  always_comb begin
    sum_re_o = '0;
    sum_im_o = '0;
    for (int p = 0; p < PixelLanes; p++) begin
      for (int c = 0; c < OutputLanes; c++) begin
        if (pixel_beat == PixelWidth'(p / BeatPixels) &&
            channel_beat == ChannelWidth'(c / BeatChannels)) begin
          sum_re_o[(p%BeatPixels*BeatChannels+c%BeatChannels)*AccumulatorBits +: AccumulatorBits] =
            drained_re[(c*PixelLanes+p)*AccumulatorBits +: AccumulatorBits];
          sum_im_o[(p%BeatPixels*BeatChannels+c%BeatChannels)*AccumulatorBits +: AccumulatorBits] =
            drained_im[(c*PixelLanes+p)*AccumulatorBits +: AccumulatorBits];
        end
      end
    end
  end

  assign sum_first_pixel_o   = tile_pixel_q + drain_pixel_q;
  assign sum_pixels_o        = at_most(tile_pixels_q - drain_pixel_q, 16'(BeatPixels));
  assign sum_first_channel_o = tile_channel_q + drain_channel_q;
  assign sum_channels_o      = at_most(tile_channels_q - drain_channel_q, 16'(BeatChannels));

`ifdef BCNN_ASSERTIONS
  always @(posedge clk_i or negedge rst_ni) begin
    if (rst_ni) begin
      assert (!full_q || draining_q)
        else $error("bcnn_accumulator_bank: a full bank waits for nothing");
      assert (!draining_q || (sum_pixels_o != '0 && sum_channels_o != '0))
        else $error("bcnn_accumulator_bank: an empty beat is offered");
    end
  end
`endif

endmodule
