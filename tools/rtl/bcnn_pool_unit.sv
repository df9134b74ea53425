// SPDX-License-Identifier: MIT
//
// k x k sum pooling of the accumulators' beats, in their order: tile of PixelLanes pixels, group of
// OutputLanes channels, beat. One running sum per pooled column and channel; the k x k-th value of
// a pooled pixel gives the result. k = 1 passes beats through.
//
// PoolLanes sums are added per cycle, whole pixels if they hold one. A wider beat stays at the head
// of its channel, is worked on in chunks, and leaves in the cycle of its last chunk; only that
// chunk waits for the channel behind. A beat that completes no pooled pixel leaves nothing.
//
// Positions come from counters. A command (pixels and channels of the convolution, k, pooled
// columns) may be taken in the cycle of the layer's first beat.
//
// Layouts, lowest bits first: sums [pixel][channel]. Lanes that do not exist mean nothing. A beat's
// pixels follow each other.

module bcnn_pool_unit #(
  parameter int OutputLanes     = 8,
  parameter int PixelLanes      = 16,
  parameter int NormLanes       = 32,
  parameter int PoolLanes       = 32,
  parameter int AccumulatorBits = 24,
  // State words of one bank, both halves.
  parameter int StateWords      = 128,
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
  input  logic [15:0]                                        command_factor_i,
  input  logic [15:0]                                        command_columns_i,

  // Sum channel, consumer side.
  input  logic                                               sum_valid_i,
  output logic                                               sum_ready_o,
  input  logic [BeatPixels*BeatChannels*AccumulatorBits-1:0] sum_re_i,
  input  logic [BeatPixels*BeatChannels*AccumulatorBits-1:0] sum_im_i,
  input  logic [15:0]                                        sum_first_pixel_i,
  input  logic [15:0]                                        sum_pixels_i,
  input  logic [15:0]                                        sum_first_channel_i,
  input  logic [15:0]                                        sum_channels_i,

  // Pooled channel, producer side.
  output logic                                               pooled_valid_o,
  input  logic                                               pooled_ready_i,
  output logic [BeatPixels*BeatChannels*AccumulatorBits-1:0] pooled_re_o,
  output logic [BeatPixels*BeatChannels*AccumulatorBits-1:0] pooled_im_o,
  output logic [15:0]                                        pooled_first_pixel_o,
  output logic [15:0]                                        pooled_pixels_o,
  output logic [15:0]                                        pooled_first_channel_o,
  output logic [15:0]                                        pooled_channels_o
);

  localparam int FitPixels    = (PoolLanes < BeatChannels) ? 1 : PoolLanes / BeatChannels;
  localparam int LanePixels   = (FitPixels < BeatPixels) ? FitPixels : BeatPixels;
  localparam int LaneChannels = (PoolLanes < BeatChannels) ? PoolLanes : BeatChannels;
  localparam int PixelChunks  = (BeatPixels + LanePixels - 1) / LanePixels;
  localparam int Chunks       = (BeatChannels + LaneChannels - 1) / LaneChannels;
  localparam int BankBits     = $clog2(LanePixels);
  localparam int Halves       = (LanePixels > 1) ? 2 : 1;
  localparam int Results      = (BeatPixels + 1) / 2;
  localparam int SumWidth     = 2 * AccumulatorBits;

  // Smaller of two.
  function automatic logic [15:0] at_most(input logic [15:0] value, input logic [15:0] limit);
    at_most = (value < limit) ? value : limit;
  endfunction

  // Layer.
  logic        active_q;
  logic [15:0] layer_pixels_q;
  logic [15:0] layer_channels_q;
  logic [15:0] layer_factor_q;
  logic [15:0] layer_columns_q;
  logic        active;
  logic [15:0] layer_pixels;
  logic [15:0] layer_channels;
  logic [15:0] last_step;
  logic [15:0] last_column;
  logic        pass;

  assign command_ready_o = ~active_q;
  assign active          = active_q | command_valid_i;
  assign layer_pixels    = active_q ? layer_pixels_q : command_pixels_i;
  assign layer_channels  = active_q ? layer_channels_q : command_channels_i;
  assign last_step       = (active_q ? layer_factor_q : command_factor_i) - 16'd1;
  assign last_column     = (active_q ? layer_columns_q : command_columns_i) - 16'd1;
  assign pass            = (last_step == '0);

  // Chunk in hand: where it lies in its beat.
  logic [15:0] chunk_pixel_q;
  logic [15:0] chunk_channel_q;
  logic [15:0] choice_q;
  logic [15:0] pixel_choice_q;
  logic [15:0] found_q;
  logic        channels_end;
  logic        pixels_end;
  logic        beat_end;
  logic        step;

  assign channels_end = (Chunks == 1) | (chunk_channel_q + 16'(LaneChannels) >= sum_channels_i);
  assign pixels_end   = (PixelChunks == 1) | (chunk_pixel_q + 16'(LanePixels) >= sum_pixels_i);
  assign beat_end     = pass | (channels_end & pixels_end);
  assign sum_ready_o  = active & beat_end & pooled_ready_i;
  assign step         = active & sum_valid_i & (~beat_end | pooled_ready_i);

  // Where the beat lies in tile, group and layer.
  logic [15:0] tile_pixel_q;
  logic [15:0] group_channel_q;
  logic [15:0] pixel_after;
  logic [15:0] channel_after;
  logic        row_end;
  logic        group_end;
  logic        last_group;
  logic        layer_end;

  assign pixel_after   = sum_first_pixel_i + sum_pixels_i;
  assign channel_after = sum_first_channel_i + sum_channels_i;
  assign last_group    = (channel_after == layer_channels);
  assign row_end       = channels_end & (last_group | (channel_after == group_channel_q + 16'(OutputLanes)));
  assign group_end     = row_end & pixels_end &
                         (pixel_after == at_most(tile_pixel_q + 16'(PixelLanes), layer_pixels));
  assign layer_end     = beat_end & last_group & (pixel_after == layer_pixels);

  // Position of the chunk's first pixel: column and row within k x k, pooled column, pooled pixels
  // before. Lane by lane they move on to the position after the chunk.
  logic [15:0]              in_x_q;
  logic [15:0]              in_y_q;
  logic [15:0]              column_q;
  logic [15:0]              earlier_q;
  logic [15:0]              tile_in_x_q;
  logic [15:0]              tile_in_y_q;
  logic [15:0]              tile_column_q;
  logic [15:0]              tile_earlier_q;
  logic [15:0]              in_x;
  logic [15:0]              in_y;
  logic [15:0]              column;
  logic [15:0]              found;
  logic                     end_x;
  logic                     end_y;
  logic [LanePixels-1:0]    live;
  logic [LanePixels-1:0]    first;
  logic [LanePixels-1:0]    last;
  logic [LanePixels*16-1:0] columns;
  logic [LanePixels*16-1:0] slots;

  always_comb begin
    in_x   = in_x_q;
    in_y   = in_y_q;
    column = column_q;
    found  = found_q;
    for (int i = 0; i < LanePixels; i++) begin
      end_x               = (in_x == last_step);
      end_y               = (in_y == last_step);
      live[i]             = (chunk_pixel_q + 16'(i) < sum_pixels_i);
      first[i]            = (in_x == '0) & (in_y == '0);
      last[i]             = live[i] & end_x & end_y;
      columns[i*16 +: 16] = column;
      slots[i*16 +: 16]   = found;
      found               = found + {15'b0, last[i]};
      if (live[i] && end_x && column == last_column) begin
        column = '0;
        in_y   = end_y ? '0 : in_y + 16'd1;
      end else if (live[i] && end_x) begin
        column = column + 16'd1;
      end
      if (live[i]) begin
        in_x = end_x ? '0 : in_x + 16'd1;
      end
    end
  end

  logic [15:0] earlier;

  assign earlier = earlier_q + found - found_q;

  // Words of one row in a bank: the last of several is odd, so their number is even.
  logic [15:0] last_word;
  logic [15:0] row_words;
  logic [15:0] word_q;
  logic [15:0] group_word_q;

  assign last_word = last_column >> BankBits;

  if (Halves == 1) begin : gen_words
    assign row_words = last_word + 16'd1;
  end else begin : gen_even_words
    assign row_words = (last_word == '0) ? 16'd1 : {last_word[15:1], 1'b0} + 16'd2;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      active_q        <= 1'b0;
      chunk_pixel_q   <= '0;
      chunk_channel_q <= '0;
      choice_q        <= '0;
      pixel_choice_q  <= '0;
      found_q         <= '0;
      tile_pixel_q    <= '0;
      group_channel_q <= '0;
      in_x_q          <= '0;
      in_y_q          <= '0;
      column_q        <= '0;
      earlier_q        <= '0;
      tile_in_x_q     <= '0;
      tile_in_y_q     <= '0;
      tile_column_q   <= '0;
      tile_earlier_q   <= '0;
      word_q          <= '0;
      group_word_q    <= '0;
    end else begin
      active_q <= active & ~(step & layer_end);
      if (step && !pass) begin
        chunk_channel_q <= channels_end ? '0 : chunk_channel_q + 16'(LaneChannels);
        chunk_pixel_q   <= beat_end ? '0 : channels_end ? chunk_pixel_q + 16'(LanePixels) :
                           chunk_pixel_q;
        choice_q        <= beat_end ? '0 : channels_end ? pixel_choice_q + 16'(Chunks) :
                           choice_q + 16'd1;
        pixel_choice_q  <= beat_end ? '0 : channels_end ? pixel_choice_q + 16'(Chunks) :
                           pixel_choice_q;
        found_q         <= beat_end ? '0 : channels_end ? found : found_q;
        word_q          <= layer_end ? '0 : ~row_end ? word_q + row_words :
                         ~group_end ? group_word_q : last_group ? '0 : word_q + row_words;
        if (group_end) begin
          group_word_q    <= last_group ? '0 : word_q + row_words;
          group_channel_q <= last_group ? '0 : group_channel_q + 16'(OutputLanes);
        end
        if (group_end && last_group) begin
          tile_pixel_q  <= layer_end ? '0 : pixel_after;
          tile_in_x_q   <= layer_end ? '0 : in_x;
          tile_in_y_q   <= layer_end ? '0 : in_y;
          tile_column_q <= layer_end ? '0 : column;
          tile_earlier_q <= layer_end ? '0 : earlier;
        end
        if (layer_end) begin
          in_x_q   <= '0;
          in_y_q   <= '0;
          column_q <= '0;
          earlier_q <= '0;
        end else if (group_end && !last_group) begin
          in_x_q   <= tile_in_x_q;
          in_y_q   <= tile_in_y_q;
          column_q <= tile_column_q;
          earlier_q <= tile_earlier_q;
        end else if (row_end) begin
          in_x_q   <= in_x;
          in_y_q   <= in_y;
          column_q <= column;
          earlier_q <= earlier;
        end
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (!active_q) begin
      layer_pixels_q   <= command_pixels_i;
      layer_channels_q <= command_channels_i;
      layer_factor_q   <= command_factor_i;
      layer_columns_q  <= command_columns_i;
    end
  end

  logic [Results*BeatChannels*SumWidth-1:0] pooled;

  bcnn_pool_sums #(
    .BeatPixels     (BeatPixels),
    .BeatChannels   (BeatChannels),
    .LanePixels     (LanePixels),
    .LaneChannels   (LaneChannels),
    .AccumulatorBits(AccumulatorBits),
    .StateWords     (StateWords)
  ) u_sums (
    .clk_i,
    .step_i     (step & ~pass),
    .re_i       (sum_re_i),
    .im_i       (sum_im_i),
    .choice_i   (choice_q),
    .channel_i  (chunk_channel_q),
    .live_i     (live),
    .first_i    (first),
    .last_i     (last),
    .columns_i  (columns),
    .slots_i    (slots),
    .word_i     (word_q),
    .last_word_i(last_word),
    .pooled_o   (pooled)
  );

  for (genvar s = 0; s < BeatPixels; s++) begin : gen_result
    for (genvar c = 0; c < BeatChannels; c++) begin : gen_channel
      localparam int To   = (s * BeatChannels + c) * AccumulatorBits;
      localparam int From = (s * BeatChannels + c) * SumWidth;

      if (s < Results) begin : gen_slot
        assign pooled_re_o[To +: AccumulatorBits] =
          pass ? sum_re_i[To +: AccumulatorBits] : pooled[From +: AccumulatorBits];
        assign pooled_im_o[To +: AccumulatorBits] =
          pass ? sum_im_i[To +: AccumulatorBits] : pooled[From+AccumulatorBits +: AccumulatorBits];
      end else begin : gen_pass
        assign pooled_re_o[To +: AccumulatorBits] = sum_re_i[To +: AccumulatorBits];
        assign pooled_im_o[To +: AccumulatorBits] = sum_im_i[To +: AccumulatorBits];
      end
    end
  end

  assign pooled_valid_o         = active & sum_valid_i & beat_end & (pass | (found != '0));
  assign pooled_first_pixel_o   = pass ? sum_first_pixel_i : earlier_q - found_q;
  assign pooled_pixels_o        = pass ? sum_pixels_i : found;
  assign pooled_first_channel_o = sum_first_channel_i;
  assign pooled_channels_o      = sum_channels_i;

`ifdef BCNN_ASSERTIONS
  always @(posedge clk_i or negedge rst_ni) begin
    if (rst_ni) begin
      assert (!(active && sum_valid_i) || sum_first_pixel_i >= tile_pixel_q || pass)
        else $error("bcnn_pool_unit: a beat of a tile that is over");
      assert (!step || pass || word_q + row_words <= 16'(StateWords))
        else $error("bcnn_pool_unit: the state is too small for this layer");
      assert (!step || pass || layer_end == (group_end && last_group && pixel_after == layer_pixels))
        else $error("bcnn_pool_unit: the layer ends within a group");
    end
  end
`endif

endmodule
